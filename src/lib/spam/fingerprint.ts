// Says when two texts are the same text but for trifles, in one number a database can index. It finds copies, not kin.
import { hash } from 'node:crypto';

const TRIFLE = /[\p{P}\p{S}\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]+/gu;

const MOST_ROUNDS = 5;

/**
 * A signed 64-bit number (PostgreSQL's bigint): equal for texts that differ in case, width, spacing, punctuation,
 * symbols and invisible characters only. A text with nothing else in it is compared as it stands. Numbers count: "I gave
 * it 3 stars" is not a copy of "I gave it 5 stars".
 */
export function fingerprint(text: string): bigint {
  const essence = essenceOf(text);
  return hash('sha256', essence === '' ? text : essence, 'buffer').readBigInt64BE(0);
}

/** What fingerprint() compares: letters, marks and numbers. */
export function essenceOf(text: string): string {
  // Once more until nothing changes: lower case can undo the normal form ("İ"), and what is taken out can bring two
  // marks together that then swap places. Twice is the rule, the bound is for what nobody has thought of.
  let essence = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = essence.normalize('NFKC').toLowerCase().normalize('NFKC').replace(TRIFLE, '');
    if (next === essence) break;
    essence = next;
  }
  return essence;
}
