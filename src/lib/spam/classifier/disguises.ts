// The disguises that spammers wear, put on: training wears them so that the filter learns to see through, and evaluation
// to measure that it does. The same text and the same numbers give the same disguise.

export type Random = () => number;

export interface Disguise {
  readonly name: string;
  /** @param ham an ordinary comment, for the disguise that hides behind one */
  readonly wear: (text: string, random: Random, ham: string) => string;
}

const LOOKALIKES = new Map(pairs('aeopcyxiABEKMHOPCTX', 'аеорсухіАВЕКМНОРСТХ'));
/** The other way for texts in Cyrillic. */
const LATIN_LOOKALIKES = new Map(pairs('аеорсухіАВЕКМНОРСТХ', 'aeopcyxiABEKMHOPCTX'));
const LEET = new Map(pairs('aeiostgbAEIOSTGB', '4310576843105768'));
const VOWELS = new Map(pairs('aeiouAEIOU', 'áéíóúÁÉÍÓÚ'));

function pairs(from: string, to: string): [string, string][] {
  const others = Array.from(to);
  return Array.from(from).map((letter, at) => [letter, others[at] ?? letter]);
}

const LETTER = /[A-Za-z]/g;
const WORD = /[\p{L}\p{N}]+/gu;
const LINK = /https?:\/\/\S+|www\.\S+/gi;
const HALF = 0.5;
const SHORTEST_SPACED = 4;

/** Mathematical bold, double-struck, enclosed and fullwidth alphabets: code of "A", code of "a". */
const ALPHABETS: readonly (readonly [number, number])[] = [
  [0x1d400, 0x1d41a],
  [0x1d538, 0x1d552],
  [0x1d5d4, 0x1d5ee],
  [0x1d63c, 0x1d656],
  [0x24b6, 0x24d0],
  [0xff21, 0xff41],
  [0x1f130, 0x1f130],
];
/** These letters of the double-struck alphabet stand elsewhere in Unicode. */
const MISSING = new Set('CHNPQRZ');

function fancy(text: string, random: Random): string {
  const [capital, small] = ALPHABETS[Math.floor(random() * ALPHABETS.length)] ?? [0x1d400, 0x1d41a];
  return outsideLinks(text, (piece) =>
    piece.replace(LETTER, (letter) => {
      if (capital === 0x1d538 && MISSING.has(letter)) return letter;
      const isSmall = letter >= 'a';
      return String.fromCodePoint(letter.charCodeAt(0) - (isSmall ? 97 : 65) + (isSmall ? small : capital));
    }),
  );
}

function homoglyphs(text: string, random: Random): string {
  const isCyrillic = (text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0) > text.length / 3;
  const table = isCyrillic ? LATIN_LOOKALIKES : LOOKALIKES;
  return outsideLinks(text, (piece) => replaceSome(piece, table, random));
}

function replaceSome(text: string, table: ReadonlyMap<string, string>, random: Random): string {
  return Array.from(text, (letter) => {
    const other = table.get(letter);
    return other !== undefined && random() < HALF ? other : letter;
  }).join('');
}

function invisible(text: string, random: Random): string {
  const signs = ['\u200b', '\u200c', '\u2060', '\u00ad'];
  const sign = signs[Math.floor(random() * signs.length)] ?? '\u200b';
  return outsideLinks(text, (piece) =>
    piece.replace(WORD, (word) =>
      Array.from(word)
        .map((letter) => (random() < HALF ? letter + sign : letter))
        .join(''),
    ),
  );
}

function spaced(text: string, random: Random): string {
  const signs = [' ', '.', '-', '*', '_'];
  const sign = signs[Math.floor(random() * signs.length)] ?? ' ';
  return outsideLinks(text, (piece) =>
    piece.replace(WORD, (word) =>
      word.length >= SHORTEST_SPACED && random() < HALF ? Array.from(word).join(sign) : word,
    ),
  );
}

function marked(text: string, random: Random): string {
  return outsideLinks(text, (piece) =>
    piece.replace(LETTER, (letter) => (random() < HALF ? `${letter}\u0336` : letter)),
  );
}

function capitals(text: string, random: Random): string {
  return outsideLinks(text, (piece) =>
    piece.replace(/\p{L}/gu, (letter) => (random() < HALF ? letter.toUpperCase() : letter.toLowerCase())),
  );
}

/** A link under letters of another block would no longer be one. */
function outsideLinks(text: string, wear: (piece: string) => string): string {
  let worn = '';
  let from = 0;
  for (const link of text.matchAll(LINK)) {
    worn += wear(text.slice(from, link.index)) + link[0];
    from = link.index + link[0].length;
  }
  return worn + wear(text.slice(from));
}

export function appendHam(text: string, ham: string): string {
  return /[.!?…]\s*$/.test(text) ? `${text} ${ham}` : `${text}. ${ham}`;
}

export const DISGUISES: readonly Disguise[] = [
  { name: 'homoglyphs', wear: homoglyphs },
  { name: 'fancy letters', wear: fancy },
  { name: 'invisible', wear: invisible },
  { name: 'spaced', wear: spaced },
  { name: 'leet', wear: (text, random) => outsideLinks(text, (piece) => replaceSome(piece, LEET, random)) },
  { name: 'accents', wear: (text, random) => outsideLinks(text, (piece) => replaceSome(piece, VOWELS, random)) },
  { name: 'marks', wear: marked },
  { name: 'mixed case', wear: capitals },
  { name: 'ham appended', wear: (text, _random, ham) => appendHam(text, ham) },
  { name: 'ham in front', wear: (text, _random, ham) => appendHam(ham, text) },
];
