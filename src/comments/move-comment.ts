import type { EntityManager } from 'typeorm';
import type { NearFingerprint } from '../lib/spam/near-fingerprint.js';
import type { Label, Verdict } from '../lib/spam/verdict.js';
import { articleDigest, type Changes } from '../platform/database/changes.js';
import type { CampaignId, CommentId, SiteId } from '../platform/ids.js';
import { groupBy } from '../platform/group-by.js';
import { applyMoves, type Move } from './apply-moves.js';
import type { Actor } from './actor.js';
import type { SpamConfirmer } from './comment.entity.js';
import type { CommentStatus } from './comment-status.js';
import { labelAfter, type DecidedLabel } from './decided-label.js';
import { keepRecord } from './keep-record.js';
import { placeLinks } from './place-links.js';
import { ruleOnDecision, type DecisionRequest, type LockedComment, type Ruling } from './rule-on-move.js';
import type { MachineAnswer } from './tally-verdict.js';

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
  /** The domains it links to. */
  readonly linkDomains: readonly string[];
  /** Where it would have gone, had it not been chosen for the blind share; left out where it was not. */
  readonly blindInsteadOf?: CommentStatus;
  /** Which comments it is near to; founded with this fingerprint where it is new. Null where nobody can tell. */
  readonly campaign: { readonly id: CampaignId; readonly nearFingerprint: NearFingerprint } | null;
}

type LastEvent = NonNullable<LockedComment['last']>;

interface LockedRow {
  readonly siteId: SiteId;
  readonly id: CommentId;
  readonly status: CommentStatus;
  readonly version: number;
  readonly revision: number;
  readonly articleId: string;
  readonly articleKey: string;
  readonly decided: DecidedLabel | null;
  readonly decidedBefore: DecidedLabel | null;
  readonly label: Label | null;
  readonly machineStatus: CommentStatus | null;
  readonly isBlind: boolean;
  readonly screenedAt: Date | null;
  readonly campaignId: CampaignId | null;
  readonly confirmedBy: SpamConfirmer | null;
}

export class CommentMover {
  constructor(private readonly changes: Changes) {}

  /** A person's decisions on comments of one site, answered in the order asked. */
  decide(
    manager: EntityManager,
    site: DecidingSite,
    requests: readonly DecisionRequest[],
    actor: Actor,
    at: Date,
  ): Promise<DecisionOutcome[]> {
    return this.decideOnSites(
      manager,
      requests.map((request) => ({ site, request })),
      actor,
      at,
    );
  }

  /** The same on comments of many sites: all are locked before the first is moved, as everywhere. */
  async decideOnSites(
    manager: EntityManager,
    asked: readonly { readonly site: DecidingSite; readonly request: DecisionRequest }[],
    actor: Actor,
    at: Date,
  ): Promise<DecisionOutcome[]> {
    const locked = await lockComments(
      manager,
      asked.map(({ site, request }) => ({ siteId: site.id, id: request.id })),
    );
    const rows = new Map(locked.map((row) => [row.id, row]));
    const isUndoing = asked.some(({ request }) => request.decision === 'undo');
    const lastEvents = isUndoing ? await readLastEvents(manager, locked) : new Map<string, LastEvent>();
    const moves: Move[] = [];
    const decideOne = (site: DecidingSite, request: DecisionRequest): DecisionOutcome => {
      const row = rows.get(request.id);
      if (!row) return { id: request.id, ruling: { kind: 'comment-not-found' }, status: null, version: null };
      const { id, status, version } = row;
      const last = lastEvents.get(id) ?? null;
      const ruling = ruleOnDecision({ id, status, version, last }, request, site.publishOnApproval);
      if (ruling.kind !== 'moved') return { id, ruling, status, version };
      const { decision: action, reason = null, note = null } = request;
      const decided = labelAfter(action, row);
      const confirmedBy = action === 'spam' ? confirmerOf(actor) : row.confirmedBy;
      const said = { reason, note, decided, confirmedBy };
      moves.push({ ...describeRow(row), to: ruling.to, action, actor, at, ...said, screened: null });
      return { id, ruling, status: ruling.to, version: version + 1 };
    };
    // A comment named twice is decided once, and answered alike.
    const outcomes = new Map<CommentId, DecisionOutcome>();
    for (const { site, request } of asked) {
      if (!outcomes.has(request.id)) outcomes.set(request.id, decideOne(site, request));
    }
    await this.#apply(manager, moves);
    return asked.flatMap(({ request }) => outcomes.get(request.id) ?? []);
  }

  /** Verdicts on comments of many sites. What a person has moved meanwhile, or edited, is left as it is. */
  async screen(manager: EntityManager, results: readonly ScreeningResult[], at: Date): Promise<CommentId[]> {
    const byId = new Map(results.map((result) => [result.id, result]));
    const moves: Move[] = [];
    for (const row of await lockComments(manager, results)) {
      const result = byId.get(row.id);
      if (row.status !== 'received' || result?.revision !== row.revision) continue;
      const actor: Actor = { kind: 'screening', id: null, name: null };
      const { to, reason, verdict, html, rendererVersion, linkDomains, campaign } = result;
      const screened = { verdict, html, rendererVersion, linkDomains };
      const decided = labelAfter('screening', row);
      const found = { decided, screened, machine: answerOf(result, at), campaign, confirmedBy: null };
      moves.push({ ...describeRow(row), to, action: 'screening', actor, at, reason, note: null, ...found });
    }
    await this.#apply(manager, moves);
    return moves.map(({ id }) => id);
  }

  async #apply(manager: EntityManager, moves: readonly Move[]): Promise<void> {
    if (moves.length === 0) return;
    const firstSeq = await applyMoves(manager, moves);
    await placeLinks(manager, moves);
    await keepRecord(manager, moves);
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
  const wanted = [...new Map(pairs.map((pair) => [pair.id, pair])).values()];
  return manager.query(
    `select c.site_id as "siteId", c.id, c.status, c.version, c.revision, c.article_id as "articleId", c.decided,
            c.decided_before as "decidedBefore", c.verdict_label as label, c.machine_status as "machineStatus",
            c.is_blind as "isBlind", c.screened_at as "screenedAt", c.campaign_id as "campaignId",
            c.spam_confirmed_by as "confirmedBy",
            (select a.key from article a where a.site_id = c.site_id and a.id = c.article_id) as "articleKey"
       from unnest($1::uuid[], $2::uuid[]) wanted(site_id, id)
       join comment c on c.site_id = wanted.site_id and c.id = wanted.id
      order by c.site_id, c.id for no key update of c`,
    [wanted.map(({ siteId }) => siteId), wanted.map(({ id }) => id)],
  );
}

/**
 * After the lock, in a statement of its own: joined to the locking one, a statement that had to wait would be checked
 * again with the new comment and the old event.
 */
async function readLastEvents(manager: EntityManager, rows: readonly LockedRow[]): Promise<Map<string, LastEvent>> {
  const events: (LastEvent & { id: CommentId })[] = await manager.query(
    `select e.comment_id as id, e.action, e.from_status as "from", e.actor_kind as "actorKind"
       from unnest($1::uuid[], $2::uuid[], $3::int[]) wanted(site_id, id, version)
       join comment_event e on e.site_id = wanted.site_id and e.comment_id = wanted.id and e.version = wanted.version`,
    [rows.map(({ siteId }) => siteId), rows.map(({ id }) => id), rows.map(({ version }) => version)],
  );
  return new Map(events.map((event) => [event.id, event]));
}

type Place = 'siteId' | 'id' | 'articleId' | 'articleKey' | 'from' | 'version';
type Known = Place | 'machineBefore' | 'machine' | 'campaign' | 'confirmedBefore';

/** What a decision of a person leaves as it is: what the machine had said, too. */
function describeRow(row: LockedRow): Pick<Move, Known> {
  const { siteId, id, articleId, articleKey, status, version, campaignId, confirmedBy } = row;
  const machine = earlierAnswer(row);
  return {
    ...{ siteId, id, articleId, articleKey, from: status, version: version + 1 },
    ...{ machineBefore: machine, machine },
    campaign: campaignId && { id: campaignId, nearFingerprint: null },
    confirmedBefore: confirmedBy,
  };
}

function earlierAnswer({ label, machineStatus: to, isBlind, screenedAt: at }: LockedRow): MachineAnswer | null {
  return label && to && at ? { label, to, isBlind, at } : null;
}

function answerOf({ verdict, to, blindInsteadOf }: ScreeningResult, at: Date): MachineAnswer {
  return { label: verdict.label, to: blindInsteadOf ?? to, isBlind: blindInsteadOf !== undefined, at };
}

/** A judgement of spam reaches other sites, so it matters whose it is. The other decisions leave it for an undo. */
function confirmerOf(actor: Actor): SpamConfirmer | null {
  if (actor.kind !== 'person') return null;
  return actor.isOperator === true ? 'operator' : 'site';
}
