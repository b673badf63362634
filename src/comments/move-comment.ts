import type { EntityManager } from 'typeorm';
import type { NearFingerprint } from '../lib/spam/near-fingerprint.js';
import type { Verdict } from '../lib/spam/verdict.js';
import { articleDigest, type Changes } from '../platform/database/changes.js';
import type { CampaignId, CommentId, SiteId } from '../platform/ids.js';
import { groupBy } from '../platform/group-by.js';
import { applyEdit } from './apply-edit.js';
import { applyMoves, type Move } from './apply-moves.js';
import type { Actor } from './actor.js';
import type { SpamConfirmer } from './comment.entity.js';
import type { CommentStatus, Editor } from './comment-status.js';
import { labelAfter } from './decided-label.js';
import { insertReply, type Reply } from './insert-reply.js';
import { keepRecord } from './keep-record.js';
import { lockComments, readBody, readLastEvents, type LastEvent, type LockedRow } from './lock-comments.js';
import { placeLinks } from './place-links.js';
import { tellReports } from './report-comment.js';
import { ruleOnEdit, type EditRequest, type EditRuling } from './rule-on-edit.js';
import { ruleOnDecision, type DecisionRequest, type Ruling } from './rule-on-move.js';
import { settleReports } from './settle-reports.js';
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

export interface EditOutcome {
  readonly ruling: EditRuling | { readonly kind: 'comment-not-found' };
  /** After the edit; null for an unknown comment. */
  readonly status: CommentStatus | null;
}

export type ReplyOutcome =
  | { readonly kind: 'published' }
  | { readonly kind: 'comment-not-found' | 'site-not-found' }
  /** What was to be answered. */
  | { readonly kind: 'comment-not-published'; readonly status: CommentStatus };

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
      const decided = row.isVerified ? null : labelAfter(action, row);
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
    await this.#settleInForce(manager, [...outcomes.values()], rows, at);
    return asked.flatMap(({ request }) => outcomes.get(request.id) ?? []);
  }

  /** A new text for one comment. An author's is screened again, so that it waits as if it had just come; a person's is not. */
  async edit(
    manager: EntityManager,
    siteId: SiteId,
    request: EditRequest,
    actor: Actor & { readonly kind: Editor },
    at: Date,
  ): Promise<EditOutcome> {
    const [row] = await lockComments(manager, [{ siteId, id: request.id }]);
    if (!row) return { ruling: { kind: 'comment-not-found' }, status: null };
    const { id, status, version, revision } = row;
    const body = await readBody(manager, siteId, id);
    const ruling = ruleOnEdit({ status, version, revision, body }, request, actor.kind);
    if (ruling.kind !== 'edited') return { ruling, status };
    const isScreenedAgain = actor.kind === 'author';
    await applyEdit(manager, { siteId, id, body: request.body, version: version + 1, isScreenedAgain, at });
    const place = { ...describeRow(row), to: ruling.to, action: 'edit' as const, actor, at };
    const said = { reason: request.reason ?? null, note: null, screened: null };
    const standing = isScreenedAgain
      ? { decided: null, machine: null, confirmedBy: null }
      : { decided: row.decided, confirmedBy: row.confirmedBy };
    await this.#apply(manager, [{ ...place, ...said, ...standing }]);
    return { ruling, status: ruling.to };
  }

  /** A comment of a person of the site, under one that is published. It is out at once, and its arrival is its one event. */
  async reply(
    manager: EntityManager,
    siteId: SiteId,
    reply: Reply,
    actor: Actor & { readonly kind: 'person' },
    at: Date,
  ): Promise<ReplyOutcome> {
    // Locked against removal until the commit, which would not see the new row.
    const living: unknown[] = await manager.query('select 1 from site where id = $1 for key share', [siteId]);
    if (living.length === 0) return { kind: 'site-not-found' };
    const [answered] = await lockComments(manager, [{ siteId, id: reply.parentId }]);
    if (!answered) return { kind: 'comment-not-found' };
    if (answered.status !== 'published') return { kind: 'comment-not-published', status: answered.status };
    await insertReply(manager, siteId, reply, at);
    const { articleId, articleKey } = answered;
    const place = {
      siteId,
      id: reply.id,
      articleId,
      articleKey,
      from: 'received',
      to: 'published',
      version: 1,
    } as const;
    const unsaid = { reason: null, note: null, decided: null, confirmedBefore: null, confirmedBy: null } as const;
    const unscreened = { screened: null, machineBefore: null, machine: null, campaign: null } as const;
    await this.#apply(manager, [{ ...place, action: 'reply', actor, at, ...unsaid, ...unscreened, isVerified: true }]);
    return { kind: 'published' };
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

  /** Who says again what is in force has looked, too: with what is published, that is how its reports are dismissed. */
  async #settleInForce(
    manager: EntityManager,
    outcomes: readonly DecisionOutcome[],
    rows: ReadonlyMap<CommentId, LockedRow>,
    at: Date,
  ): Promise<void> {
    const inForce = outcomes.filter(({ ruling, status }) => ruling.kind === 'in-force' && status === 'published');
    const settled = await settleReports(
      manager,
      inForce.flatMap(({ id }) => rows.get(id) ?? []).map((row) => ({ ...row, at })),
    );
    for (const [siteId, ofSite] of groupBy(settled, (one) => one.siteId)) {
      await tellReports(manager, this.changes, siteId, ofSite);
    }
  }

  async #apply(manager: EntityManager, moves: readonly Move[]): Promise<void> {
    if (moves.length === 0) return;
    const firstSeq = await applyMoves(manager, moves);
    await placeLinks(manager, moves);
    await keepRecord(manager, moves);
    await settleReports(
      manager,
      moves.filter(({ from }) => from === 'published'),
    );
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

type Place = 'siteId' | 'id' | 'articleId' | 'articleKey' | 'from' | 'version';
type Known = Place | 'machineBefore' | 'machine' | 'campaign' | 'confirmedBefore' | 'isVerified';

/** What a decision of a person leaves as it is: what the machine had said, too. */
function describeRow(row: LockedRow): Pick<Move, Known> {
  const { siteId, id, articleId, articleKey, status, version, campaignId, confirmedBy, isVerified } = row;
  const machine = earlierAnswer(row);
  return {
    ...{ siteId, id, articleId, articleKey, from: status, version: version + 1 },
    ...{ machineBefore: machine, machine },
    campaign: campaignId && { id: campaignId, nearFingerprint: null },
    confirmedBefore: confirmedBy,
    isVerified,
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
