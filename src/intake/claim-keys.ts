import type { EntityManager } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';
import type { Submission } from './submission.js';

/** The comment a key stands for, and the payload it came with. */
export interface Claim {
  readonly commentId: CommentId;
  readonly payloadHash: Buffer;
}

/**
 * Claims each submission's key for its comment, in the order of the keys so that two batches cannot deadlock. A key
 * that another process is just claiming is waited for; one that has expired is taken over.
 * @returns the comments whose key was free
 */
export async function claimKeys(manager: EntityManager, submissions: readonly Submission[]): Promise<Set<CommentId>> {
  if (submissions.length === 0) return new Set();
  const rows: { id: CommentId }[] = await manager.query(
    `insert into idempotency_record as r (site_id, key_hash, payload_hash, comment_id, expires_at)
     select * from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::uuid[], $5::timestamptz[])
       w(site_id, key_hash, payload_hash, comment_id, expires_at) order by site_id, key_hash
     on conflict (site_id, key_hash) do update
       set payload_hash = excluded.payload_hash, comment_id = excluded.comment_id, expires_at = excluded.expires_at
       where r.expires_at <= $6
     returning comment_id as id`,
    [
      submissions.map(({ site }) => site.id),
      submissions.map(({ keyHash }) => keyHash),
      submissions.map(({ payloadHash }) => payloadHash),
      submissions.map(({ id }) => id),
      submissions.map(({ expiresAt }) => expiresAt),
      submissions[0]?.submittedAt,
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Who holds the keys that were not free, by site and key. A statement of its own, to see what was just committed. */
export async function findClaims(
  manager: EntityManager,
  submissions: readonly Submission[],
): Promise<Map<string, Claim>> {
  if (submissions.length === 0) return new Map();
  const rows: (Claim & { siteId: SiteId; keyHash: Buffer })[] = await manager.query(
    `select r.site_id as "siteId", r.key_hash as "keyHash", r.comment_id as "commentId",
            r.payload_hash as "payloadHash"
       from unnest($1::uuid[], $2::bytea[]) w(site_id, key_hash) join idempotency_record r using (site_id, key_hash)`,
    [submissions.map(({ site }) => site.id), submissions.map(({ keyHash }) => keyHash)],
  );
  return new Map(rows.map((row) => [row.siteId + row.keyHash.toString('base64'), row]));
}

/** Gives back the keys of submissions that were refused: what was not stored must not be replayed. */
export async function releaseKeys(manager: EntityManager, submissions: readonly Submission[]): Promise<void> {
  if (submissions.length === 0) return;
  await manager.query(
    `delete from idempotency_record r using unnest($1::uuid[], $2::bytea[]) w(site_id, key_hash)
      where r.site_id = w.site_id and r.key_hash = w.key_hash`,
    [submissions.map(({ site }) => site.id), submissions.map(({ keyHash }) => keyHash)],
  );
}
