// Whether a reader's name would be taken for another's. It compares what people see, not what is stored.
import { toLatin } from './lookalikes.js';

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const NOT_A_SIGN = /[^\p{L}\p{N}]+/gu;
const ACCENTS = /\p{M}+/gu;
/** Digits and strokes drawn like letters; `rn` for `m` is left alone, there are too many honest ones. */
const DRAWN_LIKE: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', i: 'l' };

/**
 * What is left of a name when case, accents, spaces, marks, invisible characters and look-alike letters are taken away:
 * `Ada Lovelace`, `ada_lovelace`, `Ad\u0430 Love\u200blace` and `Ada L0velace` are one. Empty for a name without letters.
 */
export function nameSkeleton(name: string): string {
  const plain = name.normalize('NFKC').replace(INVISIBLE, '').replaceAll('|', 'l');
  const bare = plain.normalize('NFD').replace(ACCENTS, '');
  // Twice, because some letters are drawn like Latin ones in one case only.
  return toLatin(toLatin(bare).toLowerCase())
    .replace(NOT_A_SIGN, '')
    .replace(/[01i]/g, (sign) => DRAWN_LIKE[sign] ?? sign);
}
