/*
 * Features are known by a number of 20 bits and by nothing else: FNV-1a over UTF-16 code units, stirred by the last step
 * of MurmurHash3 (both public domain). Two features may share a number; the weights live with that.
 */

export const FEATURE_BITS = 20;
export const FEATURE_COUNT = 1 << FEATURE_BITS;

export const HASH_START = 0x811c9dc5;
const PRIME = 0x01000193;

// By its own name: in the tests' sandbox every look at a global takes longer than the multiplication.
const { imul } = Math;

export function addCode(hash: number, code: number): number {
  return imul(imul(hash ^ (code & 0xff), PRIME) ^ (code >>> 8), PRIME);
}

export function addText(hash: number, text: string): number {
  let next = hash;
  for (let at = 0; at < text.length; at++) next = addCode(next, text.charCodeAt(at));
  return next;
}

/** The number of a feature, 0 to FEATURE_COUNT - 1. */
export function finish(hash: number): number {
  let stirred = hash ^ (hash >>> 16);
  stirred = imul(stirred, 0x85ebca6b);
  stirred ^= stirred >>> 13;
  stirred = imul(stirred, 0xc2b2ae35);
  return (stirred ^ (stirred >>> 16)) & (FEATURE_COUNT - 1);
}
