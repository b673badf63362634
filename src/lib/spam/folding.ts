// Brings a text into the forms in which disguises of it look alike. It judges nothing, and its output is never shown.
import { undisguise } from './lookalikes.js';

// Nothing here to fold but case and spaces, which saves most comments and names five Unicode patterns each.
const PLAIN = /^[\t\n\r -~]*$/;
const PLAIN_SPACE = /[\t\n\r ]+/g;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const SPACE = /[\s\p{Cc}\u2800]+/gu;
// "c-a-s-i-n-o" and "c a s i n o"; separators and letters are disjoint, so the match cannot backtrack far.
const SPACED_OUT = /(?<![\p{L}\p{N}])\p{L}(?:[ ._*-]\p{L}){2,}(?![\p{L}\p{N}])/gu;
const SEPARATOR = /[ ._*-]/g;
const ACCENTED = /[\u0300-\u036f]/g;
const NUMERIC_WORD = /[\p{L}\p{N}@$!|]+/gu;
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
const LEET_SIGN = /[0-57@$!|]/g;
const HAS_LEET = /[0-57@$!|]/;

/** Compatibility letters plain, lower case, invisible characters out, look-alikes inside mixed words Latin. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replace(PLAIN_SPACE, ' ');
  return undisguise(text.normalize('NFKC').replace(INVISIBLE, '')).toLowerCase().replace(SPACE, ' ');
}

/**
 * A folded text in every spelling under which a plain word may hide in it: as it is, with spaced-out letters joined,
 * without accents, and with digits read as letters ("c4sino"; a 1 is tried as i and as l).
 */
export function spellings(folded: string): readonly string[] {
  const joined = folded.replace(SPACED_OUT, (letters) => letters.replace(SEPARATOR, ''));
  const bare = PLAIN.test(joined) ? joined : joined.normalize('NFD').replace(ACCENTED, '').normalize('NFC');
  const digits = HAS_LEET.test(bare) ? [readDigits(bare, 'i'), readDigits(bare, 'l')] : [];
  return [...new Set([folded, joined, bare, ...digits])];
}

function readDigits(text: string, one: 'i' | 'l'): string {
  return text.replace(NUMERIC_WORD, (word) =>
    /\p{L}/u.test(word) ? word.replace(LEET_SIGN, (sign) => LEET[sign] ?? (/[1!|]/.test(sign) ? one : sign)) : word,
  );
}
