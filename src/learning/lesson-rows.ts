// The rows of what a site has taught. All of it is done by who has locked the site's row, in the transaction of the site.
import type { EntityManager } from 'typeorm';
import type { CommentId, SiteId } from '../platform/ids.js';
import { digestLessons, type ToldLesson } from './lesson-digest.js';
import { windowOf, type Forgotten, type Lesson } from './lessons.js';

export interface LockedSite {
  readonly forgotten: Forgotten;
  readonly digest: Buffer | null;
}

export interface StoredLesson extends Lesson {
  /** Only where it was asked for. */
  readonly example: Buffer | null;
}

interface LessonRow extends Omit<StoredLesson, 'seq'> {
  readonly seq: string;
}

/** @returns null for a site that is gone */
export async function lockSite(manager: EntityManager, siteId: SiteId): Promise<LockedSite | null> {
  const found = await lockRow(manager, siteId);
  if (found) return found;
  await manager.query(
    `insert into learned_site (site_id) select id from site where id = $1 for key share on conflict do nothing`,
    [siteId],
  );
  return lockRow(manager, siteId);
}

async function lockRow(manager: EntityManager, siteId: SiteId): Promise<LockedSite | null> {
  const [row]: { spam: string; ham: string; digest: Buffer | null }[] = await manager.query(
    `select forgotten_spam as spam, forgotten_ham as ham, digest from learned_site where site_id = $1 for update`,
    [siteId],
  );
  return row ? { forgotten: { spam: Number(row.spam), ham: Number(row.ham) }, digest: row.digest } : null;
}

/** In the order of their seqs, with the examples of these comments. */
export async function readLessons(
  manager: EntityManager,
  siteId: SiteId,
  withExamplesOf: readonly CommentId[],
): Promise<StoredLesson[]> {
  const rows: LessonRow[] = await manager.query(
    `select comment_id as "commentId", seq, label, fingerprint, case when comment_id = any ($2) then example end as example
       from learned_comment where site_id = $1 order by seq`,
    [siteId, withExamplesOf],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** What the model is folded from, in its order. */
export async function readWindow(manager: EntityManager, siteId: SiteId): Promise<ToldLesson[]> {
  const rows: (Omit<ToldLesson, 'seq'> & { seq: string })[] = await manager.query(
    'select seq, label, example from learned_comment where site_id = $1 order by seq',
    [siteId],
  );
  return windowOf(rows.map((row) => ({ ...row, seq: Number(row.seq) })));
}

export interface LessonChanges {
  readonly gone: readonly CommentId[];
  readonly added: readonly (Lesson & { readonly example: Uint8Array })[];
}

export async function writeLessons(
  manager: EntityManager,
  siteId: SiteId,
  { gone, added }: LessonChanges,
): Promise<void> {
  await manager.query('delete from learned_comment where site_id = $1 and comment_id = any ($2)', [siteId, gone]);
  await manager.query(
    `insert into learned_comment (site_id, comment_id, seq, label, fingerprint, example)
     select $1, * from unnest($2::uuid[], $3::bigint[], $4::text[], $5::bigint[], $6::bytea[])`,
    [
      siteId,
      added.map(({ commentId }) => commentId),
      added.map(({ seq }) => seq),
      added.map(({ label }) => label),
      added.map(({ fingerprint }) => fingerprint),
      added.map(({ example }) => example),
    ],
  );
}

/** Tells the other processes that there is more to learn at the end of what they know. */
export async function tellContinued(
  manager: EntityManager,
  siteId: SiteId,
  more: Iterable<ToldLesson>,
  { digest, forgotten }: LockedSite,
): Promise<void> {
  await manager.query(
    `update learned_site set version = version + 1, digest = $2, forgotten_spam = $3, forgotten_ham = $4
      where site_id = $1`,
    [siteId, digestLessons(more, digest), forgotten.spam, forgotten.ham],
  );
}

/** Tells the other processes that what they know is not what there is, and must be folded anew. */
export async function tellRewritten(manager: EntityManager, siteId: SiteId, forgotten?: Forgotten): Promise<void> {
  const digest = digestLessons(await readWindow(manager, siteId));
  await manager.query(
    `update learned_site set version = version + 1, rewritten_version = version + 1, digest = $2,
            forgotten_spam = coalesce($3::bigint, forgotten_spam), forgotten_ham = coalesce($4::bigint, forgotten_ham)
      where site_id = $1`,
    [siteId, digest, forgotten?.spam, forgotten?.ham],
  );
}
