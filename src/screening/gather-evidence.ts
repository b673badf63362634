import type { EntityManager } from 'typeorm';
import type { CommentStatus } from '../comments/comment-status.js';
import type { Evidence, Facts } from '../lib/spam/evidence.js';
import type { CommentId, SiteId } from '../platform/ids.js';

/** A comment still waiting for its verdict, with what the checks may know of it. */
export interface ReceivedComment {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly revision: number;
  readonly submittedAt: Date;
  readonly text: Evidence['comment'];
  readonly facts: Omit<Facts, 'blockedWords' | 'rules' | 'ownHosts'>;
}

interface EvidenceRow {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly revision: number;
  readonly submittedAt: Date;
  readonly body: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly authorUrl: string | null;
  readonly language: string | null;
  readonly articleTitle: string | null;
  readonly honeypotFilled: boolean;
  readonly secondsToWrite: number | null;
  readonly clientNetwork: string | null;
  readonly recentCopies: number;
  readonly authorPublished: number;
  readonly authorSpam: number;
}

/** Counting stops here: a flood of one text must not make each of its copies slower to screen. */
const ENOUGH = 100;

/**
 * The status as a sub-select: as a constant it invites the planner, as long as it knows nothing of the table, to walk an
 * index of everything that has this status.
 */
const OF_AUTHOR = (status: CommentStatus): string => `(select count(*)::int from (
  select 1 from comment r where r.site_id = c.site_id and r.author_key = c.author_key and r.status = (select '${status}')
   limit ${ENOUGH}) counted)`;

const EVIDENCE = `
  select c.site_id as "siteId", c.id, c.revision, c.submitted_at as "submittedAt", c.body, c.author_name as "authorName",
         c.author_email as "authorEmail", c.author_url as "authorUrl", c.language, a.title as "articleTitle",
         c.honeypot_filled as "honeypotFilled", c.seconds_to_write as "secondsToWrite",
         c.client_network as "clientNetwork",
         (select count(*)::int from (
           select 1 from comment r where r.site_id = c.site_id and r.fingerprint = c.fingerprint and r.id <> c.id
              and r.status <> 'deleted' and r.submitted_at between c.submitted_at - interval '1 day' and c.submitted_at
            limit ${ENOUGH}) copies) as "recentCopies",
         ${OF_AUTHOR('published')} as "authorPublished", ${OF_AUTHOR('spam')} as "authorSpam"
    from unnest($1::uuid[], $2::uuid[]) w(site_id, id)
   cross join lateral (select * from comment o where o.site_id = w.site_id and o.id = w.id offset 0) c
    join article a on a.site_id = c.site_id and a.id = c.article_id
   where c.status = 'received'`;

/**
 * One query for a whole batch, a look-up by key for each comment. The status is asked after the look-up: within it the
 * planner would rather walk the queue's index through all that is `received`, long exactly when there is much to do.
 * Comments that somebody has moved meanwhile are not in it.
 */
export async function gatherEvidence(
  manager: EntityManager,
  refs: readonly { readonly siteId: SiteId; readonly id: CommentId }[],
): Promise<ReceivedComment[]> {
  const rows: EvidenceRow[] = await manager.query(EVIDENCE, [
    refs.map(({ siteId }) => siteId),
    refs.map(({ id }) => id),
  ]);
  return rows.map((row) => {
    const { siteId, id, revision, submittedAt, body, authorName, authorEmail, authorUrl, language, articleTitle } = row;
    const { honeypotFilled, secondsToWrite, clientNetwork, recentCopies, authorPublished, authorSpam } = row;
    return {
      siteId,
      id,
      revision,
      submittedAt,
      text: { body, authorName, authorEmail, authorUrl, language, articleTitle },
      facts: { honeypotFilled, secondsToWrite, clientNetwork, recentCopies, authorPublished, authorSpam },
    };
  });
}
