import type { CommentId, SiteId } from '../platform/ids.js';
import type { Ask } from './insert-comments.js';
import type { Submission } from './submission.js';

/** The comment a key stands for, and the payload it came with. */
export interface Claim {
  readonly commentId: CommentId;
  readonly payloadHash: Buffer;
}

/**
 * Who holds the keys of these submissions and still replays them, by the submissions' `claimName`. A statement of its
 * own after the insert, to see what another process has just committed.
 */
export async function findClaims(ask: Ask, submissions: readonly Submission[]): Promise<Map<string, Claim>> {
  if (submissions.length === 0) return new Map();
  const rows = await ask<Claim & { siteId: SiteId; keyHash: Buffer }>({
    name: 'intake-claims',
    text: `select r.site_id as "siteId", r.key_hash as "keyHash", r.comment_id as "commentId",
            r.payload_hash as "payloadHash"
       from unnest($1::uuid[], $2::bytea[]) w(site_id, key_hash) join idempotency_record r using (site_id, key_hash)
      where r.expires_at > $3`,
    values: [
      submissions.map(({ site }) => site.id),
      submissions.map(({ keyHash }) => keyHash),
      submissions[0]?.submittedAt,
    ],
  });
  return new Map(rows.map((row) => [row.siteId + row.keyHash.toString('base64'), row]));
}

/** The same name for two submissions that may not both become a comment. */
export function claimName({ site, keyHash }: Submission): string {
  return site.id + keyHash.toString('base64');
}
