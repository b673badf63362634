// Learns what people have decided on one site since it was last learned. Decisions are taken in the order of their seqs,
// which is that of their commits; how far they are learned is written in the same transaction as what was learned. So
// each counts once, whoever is killed at it and however often it is tried.
import type { EntityManager } from 'typeorm';
import { groupBy } from '../platform/group-by.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { isContinued, Lessons, windowOf, type Lesson } from './lessons.js';
import {
  lockSite,
  readLessons,
  tellContinued,
  tellRewritten,
  writeLessons,
  type LessonChanges,
  type LockedSite,
  type StoredLesson,
} from './lesson-rows.js';
import type { ExampleReader } from './read-example.js';
import { teachingsOf, type HistoryEvent, type Teaching } from './teaching.js';

/** Decisions in one transaction, at most: as many as one act of a moderator. */
const MOST_AT_ONCE = 500;

export interface Learned {
  readonly spam: number;
  readonly ham: number;
  readonly takenBack: number;
  /** Whether more was decided than fits into one transaction. */
  readonly hasMore: boolean;
}

const NOTHING: Learned = { spam: 0, ham: 0, takenBack: 0, hasMore: false };

interface Decided {
  readonly commentId: CommentId;
  readonly seq: number;
}

interface CommentText {
  readonly id: CommentId;
  readonly body: string;
  readonly fingerprint: string;
}

/** In a transaction of the site. */
export async function learnSite(manager: EntityManager, siteId: SiteId, reader: ExampleReader): Promise<Learned> {
  if (!(await isBehind(manager, siteId))) return NOTHING;
  const locked = await lockSite(manager, siteId);
  // Asked again: whoever held the lock may have learned it all.
  const progress = locked && (await readProgress(manager, siteId));
  if (!progress || progress.decided <= progress.learned) return NOTHING;
  const decisions = await readDecisions(manager, siteId, progress.learned, progress.decided);
  const hasMore = decisions.length === MOST_AT_ONCE;
  const upTo = hasMore ? (decisions.at(-1)?.seq ?? progress.decided) : progress.decided;
  const learned = await learnDecisions(manager, siteId, locked, decisions, upTo, reader);
  await manager.query('update site_counter set learned_seq = $2 where site_id = $1', [siteId, upTo]);
  return { ...learned, hasMore };
}

async function isBehind(manager: EntityManager, siteId: SiteId): Promise<boolean> {
  const progress = await readProgress(manager, siteId);
  return progress !== null && progress.learned < progress.decided;
}

async function readProgress(
  manager: EntityManager,
  siteId: SiteId,
): Promise<{ readonly learned: number; readonly decided: number } | null> {
  const [row]: { learned: string; decided: string }[] = await manager.query(
    'select learned_seq as learned, decided_seq as decided from site_counter where site_id = $1',
    [siteId],
  );
  return row ? { learned: Number(row.learned), decided: Number(row.decided) } : null;
}

/** @param upTo what is decided meanwhile is left for the next time, so that nothing is looked at twice */
async function readDecisions(manager: EntityManager, siteId: SiteId, after: number, upTo: number): Promise<Decided[]> {
  const rows: { commentId: CommentId; seq: string }[] = await manager.query(
    `select comment_id as "commentId", seq from comment_event
      where site_id = $1 and seq > $2 and seq <= $3 and actor_kind in ('person', 'author') order by seq limit ${MOST_AT_ONCE}`,
    [siteId, after, upTo],
  );
  return rows.map(({ commentId, seq }) => ({ commentId, seq: Number(seq) }));
}

async function learnDecisions(
  manager: EntityManager,
  siteId: SiteId,
  locked: LockedSite,
  decisions: readonly Decided[],
  upTo: number,
  reader: ExampleReader,
): Promise<Omit<Learned, 'hasMore'>> {
  const ids = [...new Set(decisions.map(({ commentId }) => commentId))];
  const before = await readLessons(manager, siteId, ids);
  const teachings = await readTeachings(manager, siteId, ids, upTo);
  const texts = await readTexts(manager, siteId, ids);
  const lessons = new Lessons(before, locked.forgotten);
  for (const { commentId, seq } of decisions) {
    lessons.teach(commentId, teachings.get(seq) ?? null, texts.get(commentId)?.fingerprint ?? null);
  }
  const after = lessons.all;
  const changes = compare(before, after, texts, reader);
  if (changes.gone.length + changes.added.length > 0) {
    await writeLessons(manager, siteId, changes);
    const { forgotten } = lessons;
    if (isContinued(windowOf<Lesson>(before), windowOf(after))) {
      await tellContinued(manager, siteId, changes.added, { ...locked, forgotten });
    } else await tellRewritten(manager, siteId, forgotten);
  }
  return count(before, changes, lessons.forgotten);
}

/** By the seq of each event what its comment teaches from there on, from the whole history of the comment up to now. */
async function readTeachings(
  manager: EntityManager,
  siteId: SiteId,
  ids: readonly CommentId[],
  upTo: number,
): Promise<Map<number, Teaching | null>> {
  const rows: (Omit<HistoryEvent, 'seq'> & { commentId: CommentId; seq: string | null })[] = await manager.query(
    `select comment_id as "commentId", action, actor_kind as "actorKind", reason, seq from comment_event
      where site_id = $1 and comment_id = any ($2) and coalesce(seq, 0) <= $3 order by comment_id, version`,
    [siteId, ids, upTo],
  );
  const events = rows.map((row) => ({ ...row, seq: row.seq === null ? null : Number(row.seq) }));
  const teachings = new Map<number, Teaching | null>();
  for (const history of groupBy(events, ({ commentId }) => commentId).values()) {
    teachingsOf(history).forEach((teaching, index) => {
      const seq = history[index]?.seq ?? null;
      if (seq !== null) teachings.set(seq, teaching);
    });
  }
  return teachings;
}

/** After the site was locked: who erases texts forgets them under the same lock, so none comes back. */
async function readTexts(
  manager: EntityManager,
  siteId: SiteId,
  ids: readonly CommentId[],
): Promise<Map<CommentId, CommentText>> {
  const rows: CommentText[] = await manager.query(
    `select id, body, fingerprint from comment where site_id = $1 and id = any ($2) and status <> 'deleted'`,
    [siteId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** A comment that was known keeps its example, whatever has become of its text. */
function compare(
  before: readonly StoredLesson[],
  after: readonly Lesson[],
  texts: ReadonlyMap<CommentId, CommentText>,
  reader: ExampleReader,
): LessonChanges {
  const known = new Map(before.map((lesson) => [lesson.commentId, lesson]));
  const kept = new Set(after.filter((lesson) => isSame(known.get(lesson.commentId), lesson)));
  const keptIds = new Set([...kept].map(({ commentId }) => commentId));
  return {
    gone: before.filter(({ commentId }) => !keptIds.has(commentId)).map(({ commentId }) => commentId),
    added: after
      .filter((lesson) => !kept.has(lesson))
      .map((lesson) => {
        const example = known.get(lesson.commentId)?.example ?? reader.read(texts.get(lesson.commentId)?.body ?? '');
        return { ...lesson, example };
      }),
  };
}

function isSame(one: Lesson | undefined, other: Lesson): boolean {
  return one?.seq === other.seq && one.label === other.label;
}

/** What has only left the window is not taken back. */
function count(
  before: readonly StoredLesson[],
  { gone, added }: LessonChanges,
  forgotten: Lessons['forgotten'],
): Omit<Learned, 'hasMore'> {
  const changed = new Set(added.map(({ commentId }) => commentId));
  const takenBack = before.filter(
    ({ commentId, seq, label }) => gone.includes(commentId) && !changed.has(commentId) && seq > forgotten[label],
  );
  const spam = added.filter(({ label }) => label === 'spam').length;
  return { spam, ham: added.length - spam, takenBack: takenBack.length };
}
