import type { EntityManager } from 'typeorm';
import type { Verdict } from '../lib/spam/verdict.js';
import { articleDigest, type Changes } from '../platform/database/changes.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { groupBy } from '../platform/group-by.js';
import { applyMoves, type Move } from './apply-moves.js';
import type { Actor } from './actor.js';
import type { ActorKind } from './comment-event.entity.js';
import type { Action, CommentStatus } from './comment-status.js';
import { ruleOnDecision, type DecisionRequest, type LockedComment, type Ruling } from './rule-on-move.js';

/*
 * The only code that changes a status. It locks the comments, asks the table, writes the change with its event, keeps
 * the counts, and tells the other processes; all in the caller's transaction.
 */

export interface DecisionOutcome {
  readonly id: CommentId;
  readonly ruling: Ruling | { readonly kind: 'comment-not-found' };
  /** After the decision; null for an unknown comment. */
  readonly status: CommentStatus | null;
  readonly version: number | null;
}

export interface DecidingSite {
  readonly id: SiteId;
  readonly publishOnApproval: boolean;
}

/** The result of screening one comment: it counts only while the comment is still `received` at this revision. */
export interface ScreeningResult {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly revision: number;
  readonly to: CommentStatus;
  readonly reason: string;
  readonly verdict: Verdict;
  readonly html: string;
  readonly rendererVersion: number;
}

interface LockedRow {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly status: CommentStatus;
  readonly version: number;
  readonly revision: number;
  readonly articleId: string;
  readonly articleKey: string;
  readonly lastAction: Action | null;
  readonly lastFrom: CommentStatus | null;
  readonly lastActor: ActorKind | null;
}

export class CommentMover {
  constructor(private readonly changes: Changes) {}

  /** A person's decisions on comments of one site, answered in the order asked. */
  async decide(
    manager: EntityManager,
    site: DecidingSite,
    requests: readonly DecisionRequest[],
    actor: Actor,
    at: Date,
  ): Promise<DecisionOutcome[]> {
    const pairs = requests.map(({ id }) => ({ siteId: site.id, id }));
    const rows = new Map((await lockComments(manager, pairs)).map((row) => [row.id, row]));
    const moves: Move[] = [];
    const outcomes = requests.map((request): DecisionOutcome => {
      const row = rows.get(request.id);
      if (!row) return { id: request.id, ruling: { kind: 'comment-not-found' }, status: null, version: null };
      const ruling = ruleOnDecision(asLocked(row), request, site.publishOnApproval);
      if (ruling.kind !== 'moved') return { id: row.id, ruling, status: row.status, version: row.version };
      const { decision: action, reason = null, note = null } = request;
      moves.push({ ...describeRow(row), to: ruling.to, action, actor, at, reason, note, screened: null });
      return { id: row.id, ruling, status: ruling.to, version: row.version + 1 };
    });
    await this.#apply(manager, moves);
    return outcomes;
  }

  /** Verdicts on comments of many sites. What a person has moved meanwhile, or edited, is left as it is. */
  async screen(manager: EntityManager, results: readonly ScreeningResult[], at: Date): Promise<CommentId[]> {
    const byId = new Map(results.map((result) => [result.id, result]));
    const moves: Move[] = [];
    for (const row of await lockComments(manager, results)) {
      const result = byId.get(row.id);
      if (row.status !== 'received' || result?.revision !== row.revision) continue;
      const actor: Actor = { kind: 'screening', id: null, name: null };
      const { to, reason, verdict, html, rendererVersion } = result;
      const screened = { verdict, html, rendererVersion };
      moves.push({ ...describeRow(row), to, action: 'screening', actor, at, reason, note: null, screened });
    }
    await this.#apply(manager, moves);
    return moves.map(({ id }) => id);
  }

  async #apply(manager: EntityManager, moves: readonly Move[]): Promise<void> {
    if (moves.length === 0) return;
    const firstSeq = await applyMoves(manager, moves);
    for (const [siteId, ofSite] of groupBy(moves, (move) => move.siteId)) {
      const seq = firstSeq.get(siteId) ?? 0;
      await this.changes.tellComments(manager, {
        site: siteId,
        articles: [...new Set(ofSite.filter(changesPublicFace).map((move) => articleDigest(move.articleKey)))],
        moves: ofSite.map(({ id, from, to, version }, index) => ({ id, from, to, version, seq: seq + index })),
      });
    }
  }
}

function changesPublicFace({ from, to }: Move): boolean {
  return from === 'published' || to === 'published';
}

/** Locks in one order everywhere, so that two batches never wait for each other in a circle. */
async function lockComments(
  manager: EntityManager,
  pairs: readonly { readonly siteId: SiteId; readonly id: CommentId }[],
): Promise<LockedRow[]> {
  return manager.query(
    `select c.site_id as "siteId", c.id, c.status, c.version, c.revision, c.article_id as "articleId",
            a.key as "articleKey", e.action as "lastAction", e.from_status as "lastFrom", e.actor_kind as "lastActor"
       from unnest($1::uuid[], $2::uuid[]) wanted(site_id, id)
       join comment c on c.site_id = wanted.site_id and c.id = wanted.id
       join article a on a.site_id = c.site_id and a.id = c.article_id
       left join comment_event e on e.site_id = c.site_id and e.comment_id = c.id and e.version = c.version
      order by c.site_id, c.id for no key update of c`,
    [pairs.map(({ siteId }) => siteId), pairs.map(({ id }) => id)],
  );
}

function asLocked({ id, status, version, lastAction, lastFrom, lastActor }: LockedRow): LockedComment {
  const last = lastAction && lastActor ? { action: lastAction, from: lastFrom, actorKind: lastActor } : null;
  return { id, status, version, last };
}

function describeRow(row: LockedRow): Pick<Move, 'siteId' | 'id' | 'articleId' | 'articleKey' | 'from' | 'version'> {
  const { siteId, id, articleId, articleKey, status, version } = row;
  return { siteId, id, articleId, articleKey, from: status, version: version + 1 };
}
