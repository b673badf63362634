// Letters of other alphabets that are drawn like Latin ones. A short table of our own: the pairs that are the same in
// common typefaces, not the thousands of confusables that only a machine would take for one another.

const PAIRS: readonly (readonly [foreign: string, latin: string])[] = [
  ['аеорсухіјѕһԁԛԝѵ', 'aeopcyxijshdqwv'], // Cyrillic, small
  ['АВЕКМНОРСТУХІЈЅ', 'ABEKMHOPCTYXIJS'], // Cyrillic, capital
  ['αονρικυχ', 'aovpikux'], // Greek, small
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'], // Greek, capital
];

const LATIN_OF = new Map(
  PAIRS.flatMap(([foreign, latin]) =>
    Array.from(foreign).map((letter, index) => [letter, latin.charAt(index)] as const),
  ),
);
// Only what Russian letters look like: S, I and J would make "SIMка" a disguise.
const DRAWN_LIKE_CYRILLIC = new Set('aeopcyxABEKMHOPCTYX');

// Digits and a capital after a small letter end a word: "nДа" is two texts run together, and "4мм" is no disguise.
const WORD = /\p{Lu}*[\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{M}]+|\p{Lu}+/gu;
const LATIN = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
const LATIN_LETTERS = /\p{Script=Latin}/gu;
const FOREIGN_LETTERS = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;
// "TOPовый", "HOTка": an acronym with a Russian ending is how Russian is written.
const ACRONYM_WITH_ENDING = /^[A-Z]{2,}\p{Script=Cyrillic}+$/u;
const SHORTEST_DISGUISE = 3;

/** The words of a text in which letters of one alphabet stand in for another's. */
export function disguisedWords(text: string): readonly string[] {
  if (!LATIN.test(text) || !FOREIGN.test(text)) return [];
  return (text.match(WORD) ?? []).filter(isDisguised);
}

/** The text with look-alike letters made Latin inside disguised words only; a whole Cyrillic or Greek word stays. */
export function undisguise(text: string): string {
  if (!LATIN.test(text) || !FOREIGN.test(text)) return text;
  return text.replace(WORD, (word) => (LATIN.test(word) && FOREIGN.test(word) ? toLatin(word) : word));
}

function isDisguised(word: string): boolean {
  if (word.length < SHORTEST_DISGUISE || !LATIN.test(word) || !FOREIGN.test(word)) return false;
  if (ACRONYM_WITH_ENDING.test(word)) return false;
  const foreign = word.match(FOREIGN_LETTERS) ?? [];
  const latin = word.match(LATIN_LETTERS) ?? [];
  return foreign.every((letter) => LATIN_OF.has(letter)) || latin.every((letter) => DRAWN_LIKE_CYRILLIC.has(letter));
}

const CYRILLIC_OF = new Map(
  PAIRS.slice(0, 2).flatMap(([foreign, latin]) =>
    Array.from(foreign)
      .map((letter, index) => [latin.charAt(index), letter] as const)
      .filter(([latinLetter]) => DRAWN_LIKE_CYRILLIC.has(latinLetter)),
  ),
);

/** A word of two alphabets in the one it was disguised from: the one with letters that the other cannot draw. */
export function toOneAlphabet(word: string): string {
  const letters = Array.from(word);
  const isLatin = letters.some((letter) => LATIN.test(letter) && !CYRILLIC_OF.has(letter));
  const isCyrillic = letters.some((letter) => CYRILLIC.test(letter) && !LATIN_OF.has(letter));
  if (isLatin || !isCyrillic) return toLatin(word);
  return letters.map((letter) => CYRILLIC_OF.get(letter) ?? letter).join('');
}

/** Every letter that is drawn like a Latin one as that one. */
export function toLatin(word: string): string {
  return Array.from(word)
    .map((letter) => LATIN_OF.get(letter) ?? letter)
    .join('');
}
