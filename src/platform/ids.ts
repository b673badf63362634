import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A site's id, not its key. Only a resolved site gives one, so a tenant query cannot be written without it. */
export type SiteId = Branded<'SiteId'>;
export type ArticleId = Branded<'ArticleId'>;
export type CommentId = Branded<'CommentId'>;
export type CampaignId = Branded<'CampaignId'>;
export type AccountId = Branded<'AccountId'>;
export type ApiKeyId = Branded<'ApiKeyId'>;
export type SessionId = Branded<'SessionId'>;
export type InvitationId = Branded<'InvitationId'>;
export type RuleId = Branded<'RuleId'>;
export type NoteId = Branded<'NoteId'>;
export type ActId = Branded<'ActId'>;
export type JobId = Branded<'JobId'>;
export type JobGroupId = Branded<'JobGroupId'>;

/**
 * A UUIDv7 (RFC 9562): the millisecond of its making, a counter of 32 bits that begins anywhere in the lower half (method
 * 1 of section 6.2), 42 random bits. Each is greater than those made before it in this process, whatever the clock does.
 */
export function newId<Id extends Branded<string>>(): Id {
  const random = nextRandom();
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = random.readUInt32BE(RANDOM_BYTES - 10) >>> 1;
  } else {
    seq += 1;
  }
  return v7({ random, msecs, seq }) as Id;
}

/** Below every id made from this moment on. */
export function lowestIdAt(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

let msecs = 0;
let seq = 0;

/** Randomness is fetched for many ids at a time: a system call for each would be the dearest part of an id. */
const RANDOM_BYTES = 16;
const pool = Buffer.alloc(RANDOM_BYTES * 256);
let used = pool.length;

function nextRandom(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.subarray(used - RANDOM_BYTES, used);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
