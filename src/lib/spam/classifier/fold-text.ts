// Brings a text into the one form that the classifier reads: what is drawn like a Latin letter becomes one, what cannot
// be seen goes. It counts the disguises it took off, because wearing one says more than the words under it.
import { toOneAlphabet } from '../lookalikes.js';

export interface Disguises {
  /** Letters and digits from the mathematical, enclosed, small-capital and emoji blocks. */
  fancy: number;
  /** Characters without ink inside words. */
  invisible: number;
  /** Marks on letters that no language writes so: "c\u0332a\u0332s\u0332h". */
  marked: number;
  /** Words that mix alphabets. */
  mixed: number;
  /** Words whose letters stand apart: "s l o t". */
  spaced: number;
}

export interface FoldedText {
  /** As written, but for disguises: capitals, punctuation and line breaks are still there. */
  readonly text: string;
  readonly disguises: Disguises;
}

type Kind = 'plain' | 'fancy' | 'invisible' | 'marked';

interface FoldedCharacter {
  readonly text: string;
  readonly kind: Kind;
}

/** Flags are pairs of these letters; words spelled with them come one by one, or in rows that are no countries. */
const INDICATORS = /\p{RI}+/gu;
const COUNTRIES = new Set(
  (
    'acadaeafagaialamaoaqarasatauawaxazbabbbdbebfbgbhbibjblbmbnbobqbrbsbtbvbwbybzcacccdcfcgchcickclcmcncocpcrcucvcwcxcy' +
    'czdedgdjdkdmdodzeaeceeegeheresetEUfifjfkfmfofrgagbgdgegfggghgiglgmgngpgqgrgsgtgugwgyhkhmhnhrhthuicidieiliminioiqir' +
    'isitjejmjojpkekgkhkikmknkpkrkwkykzlalblclilklrlsltlulvlymamcmdmemfmgmhmkmlmmmnmompmqmrmsmtmumvmwmxmymznancnenfngni' +
    'nlnonpnrnunzompapepfpgphpkplpmpnprpsptpwpyqarerorsruRWsasbscsdsesgshsisjskslsmsnsosrssstsvsxsysztatctdtftgthtjtktl' +
    'tmtntotrtttvtwtzuaugumunusuyuzvavcvevgvivnvuwfwsxkyeytzazmzw'
  )
    .toLowerCase()
    .match(/../g),
);
const NOT_ASCII = /[^\0-\x7f]/;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;
/** Between letters of these scripts nothing invisible has a use; between emoji, and in Persian or Hindi, it has. */
const INK = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}]/u;
const KEYCAP = 0x20e3;
const LATIN_WITH_MARKS = /^(\p{Script=Latin})\p{M}+$/u;
const COMBINING = /^[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0\ufe20-\ufe2f]$/;
const LETTER_OR_DIGIT = /^[A-Za-z0-9]{1,3}$/;
const WORD = /[\p{L}\p{M}]+/gu;
const LATIN = /\p{Script=Latin}/u;
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
// Letters a sign or three apart; signs and letters are disjoint, so the match cannot backtrack far.
const SPACED_OUT = /(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[^\p{L}\p{N}\n]{1,3}[\p{L}\p{N}]){2,}(?![\p{L}\p{N}])/gu;
const SEPARATORS = /[^\p{L}\p{N}]+/gu;

/** What NFKC does not know: white letters on black, and the small capitals of phonetic writing. */
const NOT_COMPATIBLE = new Map<number, string>([
  ...range(0x1f150, 26, 'A'),
  ...range(0x1f170, 26, 'A'),
  ...range(0x1f1e6, 26, 'A'),
  ...range(0x2776, 9, '1'),
  ...range(0x278a, 9, '1'),
  ...Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', (letter, at): [number, string] => [
    letter.codePointAt(0) ?? 0,
    'abcdefghijklmnoprstuvwyz'.charAt(at),
  ]),
]);

function range(first: number, count: number, letter: string): [number, string][] {
  return Array.from({ length: count }, (_, at) => [first + at, String.fromCharCode(letter.charCodeAt(0) + at)]);
}

/** Characters met before; those of all living scripts fit in. */
const known = new Map<number, FoldedCharacter>();
const MOST_KNOWN = 40_000;

export function foldText(text: string): FoldedText {
  const disguises: Disguises = { fancy: 0, invisible: 0, marked: 0, mixed: 0, spaced: 0 };
  let folded = text;
  if (NOT_ASCII.test(text)) {
    folded = foldCharacters(
      text.normalize('NFC').replace(INDICATORS, (row) => (isRowOfFlags(row) ? ' ' : row)),
      disguises,
    );
    folded = undisguiseWords(folded, disguises);
  }
  folded = folded.replace(SPACED_OUT, (letters) => {
    // Numbers with dots, dates and "a b c" of three letters are ordinary.
    if (!isSpelledOut(letters)) return letters;
    disguises.spaced++;
    return letters.replace(SEPARATORS, '');
  });
  return { text: folded, disguises };
}

function isSpelledOut(letters: string): boolean {
  const bare = letters.replace(SEPARATORS, '');
  return bare.length >= 4 && /\p{L}{3}/u.test(bare);
}

function isRowOfFlags(row: string): boolean {
  const letters = Array.from(row, (letter) => String.fromCharCode((letter.codePointAt(0) ?? 0) - 0x1f1e6 + 97));
  if (letters.length % 2 === 1) return false;
  return letters.every((letter, at) => at % 2 === 1 || COUNTRIES.has(letter + (letters[at + 1] ?? '')));
}

function foldCharacters(text: string, disguises: Disguises): string {
  let folded = '';
  let before = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      folded += character;
    } else {
      const { text: plain, kind } = foldCharacter(code, character);
      if (kind !== 'plain' && (kind !== 'invisible' || INK.test(before))) disguises[kind]++;
      folded += plain;
    }
    before = character;
  }
  return folded;
}

function foldCharacter(code: number, character: string): FoldedCharacter {
  let folded = known.get(code);
  if (!folded) {
    folded = lookUp(code, character);
    if (known.size < MOST_KNOWN) known.set(code, folded);
  }
  return folded;
}

function lookUp(code: number, character: string): FoldedCharacter {
  const special = NOT_COMPATIBLE.get(code);
  if (special !== undefined) return { text: special, kind: 'fancy' };
  if (code === KEYCAP) return { text: '', kind: 'fancy' };
  if (INVISIBLE.test(character)) return { text: '', kind: 'invisible' };
  if (COMBINING.test(character)) return { text: '', kind: 'marked' };
  const compatible = character.normalize('NFKC');
  if (compatible !== character && LETTER_OR_DIGIT.test(compatible)) return { text: compatible, kind: 'fancy' };
  const [, bare] = LATIN_WITH_MARKS.exec(compatible.normalize('NFD')) ?? [];
  return { text: bare ?? compatible, kind: 'plain' };
}

/** Look-alike letters inside words that mix alphabets; a word of one alphabet stays. */
function undisguiseWords(text: string, disguises: Disguises): string {
  if (!LATIN.test(text) || !FOREIGN.test(text)) return text;
  return text.replace(WORD, (word) => {
    if (!LATIN.test(word) || !FOREIGN.test(word)) return word;
    disguises.mixed++;
    return toOneAlphabet(word);
  });
}
