import type { EntityManager } from 'typeorm';
import { groupBy } from '../platform/group-by.js';
import { newId, type ArticleId, type CommentId, type SiteId } from '../platform/ids.js';
import type { Submission } from './submission.js';

export interface ArticleRow {
  readonly id: ArticleId;
  readonly open: boolean;
  readonly createdAt: Date;
}

export interface ParentRow {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly articleId: ArticleId;
  readonly parentId: CommentId | null;
  readonly depth: number;
}

/** A submission with its place. */
export interface Placed {
  readonly submission: Submission;
  readonly articleId: ArticleId;
  readonly parentId: CommentId | null;
  readonly depth: number;
}

type NamedArticleRow = ArticleRow & { readonly siteId: SiteId; readonly key: string };

/** The articles of the submissions, by site and key; those that did not exist are made, but not for a reply. */
export async function findArticles(
  manager: EntityManager,
  submissions: readonly Submission[],
): Promise<Map<string, ArticleRow>> {
  if (submissions.length === 0) return new Map();
  const wanted = [...groupBy(submissions, nameOf).values()].map(firstThatMayMake);
  const found = new Map<string, ArticleRow>();
  const look = async (): Promise<void> => {
    const missing = wanted.filter((submission) => !found.has(nameOf(submission)));
    if (missing.length === 0) return;
    const rows: NamedArticleRow[] = await manager.query(
      `select a.site_id as "siteId", a.key, a.id, a.open, a.created_at as "createdAt"
         from unnest($1::uuid[], $2::text[]) w(site_id, key) join article a using (site_id, key)`,
      [missing.map(({ site }) => site.id), missing.map(({ articleKey }) => articleKey)],
    );
    for (const row of rows) found.set(`${row.siteId} ${row.key}`, row);
  };
  await look();
  const missing = wanted.filter((submission) => !found.has(nameOf(submission)));
  if (missing.length > 0) {
    await makeArticles(manager, missing.filter(mayMake));
    // Once more: another process may have made some of them in between.
    await look();
  }
  return found;
}

/** A reply belongs under an article that is there already; a stray one makes none. */
function mayMake({ parentId }: Submission): boolean {
  return parentId === null;
}

function firstThatMayMake(group: readonly [Submission, ...Submission[]]): Submission {
  return group.find(mayMake) ?? group[0];
}

function nameOf({ site, articleKey }: Submission): string {
  return `${site.id} ${articleKey}`;
}

async function makeArticles(manager: EntityManager, submissions: readonly Submission[]): Promise<void> {
  await manager.query(
    `insert into article (site_id, key, id, url, title, created_at)
     select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
       w(site_id, key, id, url, title, at) order by site_id, key
     on conflict do nothing`,
    [
      submissions.map(({ site }) => site.id),
      submissions.map(({ articleKey }) => articleKey),
      submissions.map(() => newId<ArticleId>()),
      submissions.map(({ articleUrl }) => articleUrl),
      submissions.map(({ articleTitle }) => articleTitle),
      submissions.map(({ submittedAt }) => submittedAt),
    ],
  );
}

/** The published comments among those that are answered to. */
export async function findParents(
  manager: EntityManager,
  submissions: readonly Submission[],
): Promise<Map<CommentId, ParentRow>> {
  const replies = submissions.filter(({ parentId }) => parentId !== null);
  if (replies.length === 0) return new Map();
  const rows: ParentRow[] = await manager.query(
    `select c.site_id as "siteId", c.id, c.article_id as "articleId", c.parent_id as "parentId", c.depth
       from unnest($1::uuid[], $2::uuid[]) w(site_id, id) join comment c using (site_id, id)
      where c.status = 'published'`,
    [replies.map(({ site }) => site.id), replies.map(({ parentId }) => parentId)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The comments as `received`, each with its first event, in one statement. */
export async function insertComments(manager: EntityManager, placed: readonly Placed[]): Promise<void> {
  if (placed.length === 0) return;
  const of = <T>(read: (submission: Submission) => T): T[] => placed.map(({ submission }) => read(submission));
  await manager.query(INSERT_COMMENTS, [
    of(({ site }) => site.id),
    of(({ id }) => id),
    placed.map(({ articleId }) => articleId),
    placed.map(({ parentId }) => parentId),
    placed.map(({ depth }) => depth),
    of(({ author }) => author.name),
    of(({ author }) => author.email),
    of(({ author }) => author.url),
    of(({ author }) => author.email.toLowerCase()),
    of(({ body }) => body),
    of(({ language }) => language),
    of(({ fingerprint }) => fingerprint),
    of(({ honeypotFilled }) => honeypotFilled),
    of(({ secondsToWrite }) => secondsToWrite),
    of(({ clientNetwork }) => clientNetwork),
    of(({ submittedAt }) => submittedAt),
    of(({ sweepAt }) => sweepAt),
  ]);
}

const INSERT_COMMENTS = `
  with w as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::text[], $7::text[],
                         $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[], $13::boolean[], $14::int[],
                         $15::text[], $16::timestamptz[], $17::timestamptz[])
      w(site_id, id, article_id, parent_id, depth, author_name, author_email, author_url, author_key, body, language,
        fingerprint, honeypot_filled, seconds_to_write, client_network, submitted_at, sweep_at)),
  stored as (
    insert into comment (site_id, id, article_id, parent_id, depth, status, version, revision, author_name,
                         author_email, author_url, author_key, body, language, fingerprint, honeypot_filled,
                         seconds_to_write, client_network, submitted_at, moved_at, next_sweep_at)
    select site_id, id, article_id, parent_id, depth, 'received', 1, 1, author_name, author_email, author_url,
           author_key, body, language, fingerprint, honeypot_filled, seconds_to_write, client_network, submitted_at,
           submitted_at, sweep_at from w)
  insert into comment_event (site_id, comment_id, version, action, to_status, at, actor_kind)
  select site_id, id, 1, 'submit', 'received', submitted_at, 'author' from w`;
