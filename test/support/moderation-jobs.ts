import type { Caller } from '../../src/accounts/caller.js';
import { CommentMover } from '../../src/comments/move-comment.js';
import {
  newId,
  type AccountId,
  type ApiKeyId,
  type CommentId,
  type JobId,
  type SiteId,
} from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import type { TestStage } from './test-stage.js';

/** A job that waits for its first turn, with one comment written down. */
export async function insertJob(stage: TestStage, site: SiteId, by: string, comment: CommentId): Promise<JobId> {
  const job = newId<JobId>();
  await stage.postgres.query(
    `insert into moderation_job (site_id, id, action, filter, by_kind, by_id, by_name, at, until_seq, state, next_sweep_at)
     values ($1, $2, 'spam', '{"status": "pending"}', 'person', $3, 'A', now(), 0, 'waiting', now())`,
    [site, job, by],
  );
  await stage.postgres.query('insert into moderation_job_item values ($1, $2, 1, $3, 1)', [site, job, comment]);
  return job;
}

/** An API key of the site that may decide, and is really there: a job asks for it at every turn. */
export async function keyThatDecides(stage: TestStage, { id, key }: KnownSite): Promise<Caller> {
  const apiKeyId = newId<ApiKeyId>();
  await stage.postgres.query(
    `insert into api_key (id, site_id, name, prefix, secret_hash, scopes, created_at)
     values ($1, $2, 'a test', $3, '', '{moderation:write}', now())`,
    [apiKeyId, id, apiKeyId.slice(-12)],
  );
  return { kind: 'program', apiKeyId, name: 'a test', siteId: id, siteKey: key, scopes: ['moderation:write'] };
}

/** A moderator of the site, likewise. */
export async function personWhoDecides(stage: TestStage, { id }: KnownSite): Promise<Caller> {
  const accountId = newId<AccountId>();
  await stage.postgres.query("insert into account values ($1, $2, 'Mo', 'x', false, now())", [accountId, accountId]);
  await stage.postgres.query("insert into membership values ($1, $2, 'moderator', now())", [id, accountId]);
  return { kind: 'person', accountId, name: 'Mo', isOperator: false } as unknown as Caller;
}

/** Moves comments as ever; `around` gets each batch, to look or to fail while its transaction is open. */
export function moverWith(
  stage: TestStage,
  around: (batch: number, decideNow: Decide) => ReturnType<Decide>,
): CommentMover {
  const mover = new CommentMover(stage.changes);
  const real = mover.decide.bind(mover);
  let batch = 0;
  mover.decide = (...parameters) => around(++batch, () => real(...parameters));
  return mover;
}

type Decide = () => ReturnType<CommentMover['decide']>;
