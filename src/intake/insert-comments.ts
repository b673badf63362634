import { oldestOpen } from '../comments/article-open.js';
import { authorKey } from '../comments/typed-author.js';
import type { NamedStatement } from '../platform/database/database.js';
import { groupBy } from '../platform/group-by.js';
import { newId, type ArticleId, type CommentId, type SiteId } from '../platform/ids.js';
import type { Submission } from './submission.js';

/** An article, or the gap where none is. */
export type Place =
  | { readonly id: ArticleId; readonly open: boolean; readonly createdAt: Date }
  | { readonly id: null; readonly open: null; readonly createdAt: null };

export interface ParentRow {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly articleId: ArticleId;
  readonly parentId: CommentId | null;
  readonly depth: number;
}

/** One statement of the intake, a transaction of its own. */
export type Ask = <Row>(statement: NamedStatement) => Promise<Row[]>;

/** A submission with its place. */
export interface Placed {
  readonly submission: Submission;
  readonly articleId: ArticleId;
  readonly parentId: CommentId | null;
  readonly depth: number;
}

/**
 * The places of the submissions, by site and key: their articles, made where there was none (but not for a reply). A
 * site that is being removed is no more found.
 */
export async function findPlaces(ask: Ask, submissions: readonly Submission[]): Promise<Map<string, Place>> {
  if (submissions.length === 0) return new Map();
  const wanted = [...groupBy(submissions, placeName).values()].map(firstThatMayMake);
  const found = await lookUp(ask, wanted);
  const missing = wanted.filter((submission) => mayMake(submission) && found.get(placeName(submission))?.id === null);
  if (missing.length === 0) return found;
  await makeArticles(ask, missing);
  // Once more: another process may have made some of them in between.
  return lookUp(ask, wanted);
}

async function lookUp(ask: Ask, wanted: readonly Submission[]): Promise<Map<string, Place>> {
  const rows = await ask<Place & { siteId: SiteId; key: string }>({
    name: 'intake-places',
    text: `select s.id as "siteId", w.key, a.id, a.open, a.created_at as "createdAt"
       from unnest($1::uuid[], $2::text[]) w(site_id, key) join site s on s.id = w.site_id
       left join article a on a.site_id = w.site_id and a.key = w.key
        for key share of s skip locked`,
    values: [wanted.map(({ site }) => site.id), wanted.map(({ articleKey }) => articleKey)],
  });
  return new Map(rows.map((row) => [`${row.siteId} ${row.key}`, row]));
}

/** A reply belongs under an article that is there already; a stray one makes none. */
function mayMake({ parentId }: Submission): boolean {
  return parentId === null;
}

function firstThatMayMake(group: readonly [Submission, ...Submission[]]): Submission {
  return group.find(mayMake) ?? group[0];
}

export function placeName({ site, articleKey }: Submission): string {
  return `${site.id} ${articleKey}`;
}

/** On sites that are there, locked against removal until the commit: one may have gone since it was looked up. */
async function makeArticles(ask: Ask, submissions: readonly Submission[]): Promise<void> {
  await ask({
    name: 'intake-articles',
    text: `with living as materialized (select id from site where id = any ($1::uuid[]) for key share skip locked)
     insert into article (site_id, key, id, url, title, created_at)
     select w.* from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
       w(site_id, key, id, url, title, at) join living on living.id = w.site_id order by w.site_id, w.key
     on conflict do nothing`,
    values: [
      submissions.map(({ site }) => site.id),
      submissions.map(({ articleKey }) => articleKey),
      submissions.map(() => newId<ArticleId>()),
      submissions.map(({ articleUrl }) => articleUrl),
      submissions.map(({ articleTitle }) => articleTitle),
      submissions.map(({ submittedAt }) => submittedAt),
    ],
  });
}

/** The published comments among those that are answered to. */
export async function findParents(ask: Ask, submissions: readonly Submission[]): Promise<Map<CommentId, ParentRow>> {
  const replies = submissions.filter(({ parentId }) => parentId !== null);
  if (replies.length === 0) return new Map();
  const rows = await ask<ParentRow>({
    name: 'intake-parents',
    text: `select c.site_id as "siteId", c.id, c.article_id as "articleId", c.parent_id as "parentId", c.depth
       from unnest($1::uuid[], $2::uuid[]) w(site_id, id) join comment c using (site_id, id)
      where c.status = 'published'`,
    values: [replies.map(({ site }) => site.id), replies.map(({ parentId }) => parentId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The comments whose keys are free, as `received`, each with its claim on its key and its first event: one statement.
 * It stands by itself, so it asks again what its caller only remembers: that the site is there (locked against removal
 * until the commit; one that is being removed is no more found) and the article still open.
 *
 * Keys are claimed in order, so that two batches cannot deadlock; one that another process is just claiming is waited
 * for; one that has expired is taken over.
 * @returns the comments that were stored
 */
export async function storeComments(ask: Ask, placed: readonly Placed[]): Promise<Set<CommentId>> {
  if (placed.length === 0) return new Set();
  const of = <T>(read: (submission: Submission) => T): T[] => placed.map(({ submission }) => read(submission));
  const rows = await ask<{ id: CommentId }>({
    name: 'intake-store',
    text: STORE_COMMENTS,
    values: [
      of(({ site }) => site.id),
      of(({ id }) => id),
      placed.map(({ articleId }) => articleId),
      placed.map(({ parentId }) => parentId),
      placed.map(({ depth }) => depth),
      of(({ author }) => author.name),
      of(({ author }) => author.email),
      of(({ author }) => author.url),
      of(({ author }) => authorKey(author)),
      of(({ body }) => body),
      of(({ language }) => language),
      of(({ fingerprint }) => fingerprint),
      of(({ honeypotFilled }) => honeypotFilled),
      of(({ secondsToWrite }) => secondsToWrite),
      of(({ lacksProof }) => lacksProof),
      of(({ clientNetwork }) => clientNetwork),
      of(({ submittedAt }) => submittedAt),
      of(({ sweepAt }) => sweepAt),
      of(({ keyHash }) => keyHash),
      of(({ payloadHash }) => payloadHash),
      of(({ expiresAt }) => expiresAt),
      of(({ site, submittedAt }) => oldestOpen(site.settings, submittedAt)),
      placed[0]?.submission.submittedAt,
    ],
  });
  return new Set(rows.map(({ id }) => id));
}

const STORE_COMMENTS = `
  with offered as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::text[], $7::text[],
                         $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[], $13::boolean[], $14::int[],
                         $15::boolean[], $16::text[], $17::timestamptz[], $18::timestamptz[], $19::bytea[],
                         $20::bytea[], $21::timestamptz[], $22::timestamptz[])
      w(site_id, id, article_id, parent_id, depth, author_name, author_email, author_url, author_key, body, language,
        fingerprint, honeypot_filled, seconds_to_write, lacks_proof, client_network, submitted_at, sweep_at, key_hash,
        payload_hash, expires_at, oldest_article)),
  living as materialized (
    select id from site where id = any ($1::uuid[]) for key share skip locked),
  placed as materialized (
    select o.* from offered o join living on living.id = o.site_id
     where (select a.open and a.created_at >= o.oldest_article
              from article a where a.site_id = o.site_id and a.id = o.article_id)),
  claimed as (
    insert into idempotency_record as r (site_id, key_hash, payload_hash, comment_id, expires_at)
    select site_id, key_hash, payload_hash, id, expires_at from placed order by site_id, key_hash
    on conflict (site_id, key_hash) do update
      set payload_hash = excluded.payload_hash, comment_id = excluded.comment_id, expires_at = excluded.expires_at
      where r.expires_at <= $23
    returning comment_id),
  w as materialized (select placed.* from placed join claimed on claimed.comment_id = placed.id),
  stored as (
    insert into comment (site_id, id, article_id, parent_id, depth, status, version, revision, author_name,
                         author_email, author_url, author_key, body, language, fingerprint, honeypot_filled,
                         seconds_to_write, lacks_proof, client_network, submitted_at, moved_at, next_sweep_at)
    select site_id, id, article_id, parent_id, depth, 'received', 1, 1, author_name, author_email, author_url,
           author_key, body, language, fingerprint, honeypot_filled, seconds_to_write, lacks_proof, client_network,
           submitted_at, submitted_at, sweep_at from w)
  insert into comment_event (site_id, comment_id, version, action, to_status, at, actor_kind)
  select site_id, id, 1, 'submit', 'received', submitted_at, 'author' from w
  returning comment_id as id`;
