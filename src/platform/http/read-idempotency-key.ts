import { Problem } from '../problem/problem.js';

const LONGEST = 255;

/**
 * The header `Idempotency-Key`, quoted (a structured field string, RFC 8941) or bare, as its plain text.
 * @throws Problem `invalid-idempotency-key`
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const typed = Array.isArray(header) ? header.join(',') : header;
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(typed);
  const key = quoted?.[1]?.replace(/\\(["\\])/g, '$1') ?? typed;
  if (key.length === 0 || key.length > LONGEST || !/^[\x20-\x7e]+$/.test(key))
    throw new Problem('invalid-idempotency-key');
  return key;
}
