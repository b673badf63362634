// A filter as bytes: a line of JSON that a person can read, then the weights in six bits each, then the words met as gaps.
import { makeDecoder, LARGEST_CODE, type Calibration, type Filter, type LogOdds } from './filter.js';
import { FEATURE_COUNT } from './hashing.js';

const FORMAT = 'winnow-filter-1';
/** Four codes in three bytes. */
const PACK = { codes: 4, bytes: 3, bits: 6 };
const CODE_BYTES = (FEATURE_COUNT / PACK.codes) * PACK.bytes;
const NEWLINE = 10;

interface Header {
  readonly format: string;
  readonly bias: number;
  /** The weight of the largest code. */
  readonly largest: number;
  readonly calibration: Calibration;
  readonly thresholds: LogOdds;
  /** What it was trained on and how; for people. */
  readonly provenance: unknown;
}

/** The same filter and provenance give the same bytes. */
export function encodeFilter(filter: Filter, provenance: unknown): Uint8Array {
  const { bias, decode, calibration, thresholds } = filter;
  const header: Header = {
    format: FORMAT,
    bias,
    largest: decode[2 * LARGEST_CODE] ?? 0,
    calibration,
    thresholds,
    provenance,
  };
  const line = new TextEncoder().encode(`${JSON.stringify(header)}\n`);
  const gaps = encodeGaps(filter.met);
  const bytes = new Uint8Array(line.length + CODE_BYTES + gaps.length);
  bytes.set(line);
  packCodes(filter.codes, bytes.subarray(line.length));
  bytes.set(gaps, line.length + CODE_BYTES);
  return bytes;
}

/** @throws Error saying what is wrong with the bytes */
export function decodeFilter(bytes: Uint8Array): Filter & { readonly provenance: unknown } {
  const end = bytes.indexOf(NEWLINE);
  const header = end === -1 ? null : readHeader(bytes.subarray(0, end));
  if (header?.format !== FORMAT || bytes.length < end + 1 + CODE_BYTES) {
    throw new Error('This is not a filter that winnow train has made, or it is cut short.');
  }
  const { bias, largest, calibration, thresholds, provenance } = header;
  const codes = unpackCodes(bytes.subarray(end + 1, end + 1 + CODE_BYTES));
  const met = decodeGaps(bytes.subarray(end + 1 + CODE_BYTES));
  return { codes, decode: makeDecoder(largest), bias, met, calibration, thresholds, provenance };
}

function readHeader(bytes: Uint8Array): Header | null {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Header;
  } catch {
    return null;
  }
}

function packCodes(codes: Int8Array, bytes: Uint8Array): void {
  let to = 0;
  for (let at = 0; at < FEATURE_COUNT; at += PACK.codes) {
    let packed = 0;
    for (let one = 0; one < PACK.codes; one++) packed |= ((codes[at + one] ?? 0) + LARGEST_CODE) << (PACK.bits * one);
    bytes[to++] = packed & 0xff;
    bytes[to++] = (packed >> 8) & 0xff;
    bytes[to++] = packed >> 16;
  }
}

function unpackCodes(bytes: Uint8Array): Int8Array {
  const codes = new Int8Array(FEATURE_COUNT);
  let from = 0;
  for (let at = 0; at < FEATURE_COUNT; at += PACK.codes) {
    const packed = (bytes[from++] ?? 0) | ((bytes[from++] ?? 0) << 8) | ((bytes[from++] ?? 0) << 16);
    for (let one = 0; one < PACK.codes; one++) codes[at + one] = ((packed >> (PACK.bits * one)) & 0x3f) - LARGEST_CODE;
  }
  return codes;
}

/** The distance of each set bit from the one before, seven bits a byte. */
function encodeGaps(bits: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  let before = -1;
  for (let at = 0; at < FEATURE_COUNT; at++) {
    if (!(((bits[at >> 3] ?? 0) >> (at & 7)) & 1)) continue;
    let gap = at - before;
    before = at;
    for (; gap > 0x7f; gap >>= 7) bytes.push((gap & 0x7f) | 0x80);
    bytes.push(gap);
  }
  return Uint8Array.from(bytes);
}

function decodeGaps(bytes: Uint8Array): Uint8Array {
  const bits = new Uint8Array(FEATURE_COUNT >> 3);
  let at = -1;
  let gap = 0;
  let shift = 0;
  for (const byte of bytes) {
    gap |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte & 0x80) continue;
    at += gap;
    if (at < FEATURE_COUNT) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
    gap = 0;
    shift = 0;
  }
  return bits;
}
