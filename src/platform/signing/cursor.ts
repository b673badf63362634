import { createHash } from 'node:crypto';
import { Problem } from '../problem/problem.js';
import type { Secrets } from './secrets.js';
import { openToken, sealToken } from './signed-token.js';

const PURPOSE = 'cursor';
const SCOPE_BYTES = 12;

/**
 * An opaque place in one list. `scope` says which list: site, filters, order. A cursor of another list, or one that was
 * touched, opens nothing, so it can neither skip a wall nor jump.
 */
export function sealCursor(secrets: Secrets, scope: readonly unknown[], place: readonly string[]): string {
  return sealToken(secrets, PURPOSE, Buffer.concat([digest(scope), Buffer.from(JSON.stringify(place))]));
}

/** @throws Problem `invalid-cursor` */
export function openCursor(secrets: Secrets, scope: readonly unknown[], cursor: string): string[] {
  const data = openToken(secrets, PURPOSE, cursor);
  if (!data?.subarray(0, SCOPE_BYTES).equals(digest(scope))) throw new Problem('invalid-cursor');
  return JSON.parse(data.subarray(SCOPE_BYTES).toString()) as string[];
}

function digest(scope: readonly unknown[]): Buffer {
  return createHash('sha256').update(JSON.stringify(scope)).digest().subarray(0, SCOPE_BYTES);
}
