import type { EntityManager } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';

export interface KeyClaim {
  readonly keyHash: Buffer;
  /** What must be equal for a replay. */
  readonly payloadHash: Buffer;
  readonly commentId: CommentId;
  readonly expiresAt: Date;
}

/**
 * Claims a key for a comment that the same transaction stores. Who is just claiming it is waited for; one that has expired
 * is taken over.
 * @returns who has it already; null when it was free
 */
export async function claimKey(
  manager: EntityManager,
  siteId: SiteId,
  { keyHash, payloadHash, commentId, expiresAt }: KeyClaim,
  now: Date,
): Promise<Pick<KeyClaim, 'commentId' | 'payloadHash'> | null> {
  const claimed: unknown[] = await manager.query(CLAIM, [siteId, keyHash, payloadHash, commentId, expiresAt, now]);
  if (claimed.length > 0) return null;
  const [held]: Pick<KeyClaim, 'commentId' | 'payloadHash'>[] = await manager.query(
    `select comment_id as "commentId", payload_hash as "payloadHash" from idempotency_record
      where site_id = $1 and key_hash = $2`,
    [siteId, keyHash],
  );
  return held ?? null;
}

const CLAIM = `
  with claimed as (
    insert into idempotency_record as r (site_id, key_hash, payload_hash, comment_id, expires_at)
    values ($1, $2, $3, $4, $5)
    on conflict (site_id, key_hash) do update
      set payload_hash = excluded.payload_hash, comment_id = excluded.comment_id, expires_at = excluded.expires_at
      where r.expires_at <= $6
    returning comment_id)
  select comment_id from claimed`;
