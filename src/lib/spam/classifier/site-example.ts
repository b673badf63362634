// A decided comment as the site's model learns it: numbers that no text can be read back from, and what the starter said.
import { FEATURE_COUNT } from './hashing.js';
import type { Features } from './read-features.js';

export interface SiteExample {
  /** Numbers below SITE_FEATURES, ascending, each once. */
  readonly content: Int32Array;
  readonly flags: Int32Array;
  /** The starter's log-odds, within +-CLIP, in thousandths. */
  readonly starter: number;
}

/** A quarter of the starter's: as good as all of them for what one site says, and a model is a quarter as large. */
export const SITE_FEATURES = FEATURE_COUNT >> 2;
/** How sure the starter may be. */
export const CLIP = 8;
const THOUSAND = 1_000;
/**
 * Of a long text its first words and pairs are learned, and of all the rest what has the smallest numbers: chosen so, two
 * texts that have much in common keep the same of it. The first 400 of everything erred a quarter more. With so many, a
 * thousand decisions on long texts stay below a megabyte, indexes and all.
 */
const FIRST_CONTENT = 120;
const MOST_CONTENT = 400;

export function makeSiteExample({ content, flags }: Features, starterScore: number): SiteExample {
  return {
    content: chosen(content),
    flags: ascending(flags),
    // Without a minus before a nought, which bytes do not keep.
    starter: Math.round(Math.min(CLIP, Math.max(-CLIP, starterScore)) * THOUSAND) + 0,
  };
}

export function starterOf({ starter }: SiteExample): number {
  return starter / THOUSAND;
}

function chosen(content: Int32Array): Int32Array {
  if (content.length <= MOST_CONTENT) return ascending(content);
  const rest = ascending(content.subarray(FIRST_CONTENT)).subarray(0, MOST_CONTENT - FIRST_CONTENT);
  return ascending(Int32Array.of(...content.subarray(0, FIRST_CONTENT), ...rest));
}

function ascending(numbers: Int32Array): Int32Array {
  return Int32Array.from(new Set(Array.from(numbers, (number) => number & (SITE_FEATURES - 1)))).sort();
}

/** About two bytes a feature: the starter's score, the flags and the content as gaps, seven bits a byte. */
export function encodeSiteExample({ content, flags, starter }: SiteExample): Uint8Array {
  const bytes: number[] = [];
  push(bytes, starter + CLIP * THOUSAND);
  push(bytes, flags.length);
  for (const numbers of [flags, content]) {
    let before = -1;
    for (const number of numbers) {
      push(bytes, number - before);
      before = number;
    }
  }
  return Uint8Array.from(bytes);
}

function push(bytes: number[], value: number): void {
  let rest = value;
  for (; rest > 0x7f; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
}

/** @throws Error when the bytes are cut short */
export function decodeSiteExample(bytes: Uint8Array): SiteExample {
  const values = pull(bytes);
  const [starter = NaN, flagCount = NaN] = values;
  if (!(values.length - 2 >= flagCount)) throw new Error('A learned comment is cut short.');
  return {
    starter: starter - CLIP * THOUSAND,
    flags: sumUp(values.subarray(2, 2 + flagCount)),
    content: sumUp(values.subarray(2 + flagCount)),
  };
}

function pull(bytes: Uint8Array): Int32Array {
  const values = new Int32Array(bytes.length);
  let count = 0;
  let value = 0;
  let shift = 0;
  for (const byte of bytes) {
    value |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte & 0x80) continue;
    values[count++] = value;
    value = 0;
    shift = 0;
  }
  return values.subarray(0, count);
}

/** In place: gaps to numbers. */
function sumUp(gaps: Int32Array): Int32Array {
  let at = -1;
  for (let place = 0; place < gaps.length; place++) gaps[place] = at += gaps[place] ?? 0;
  return gaps;
}
