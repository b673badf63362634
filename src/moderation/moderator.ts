import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { idOf, nameOf, type Caller } from '../accounts/caller.js';
import { recordAct } from '../accounts/record-act.js';
import type { Actor } from '../comments/actor.js';
import { CommentMover, type DecisionOutcome } from '../comments/move-comment.js';
import type { CommentStatus, Decision } from '../comments/comment-status.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';
import { AfterDecisions } from './after-decisions.js';
import type { BulkDecisionDto, DecisionDto } from './decision.dto.js';
import { findItem } from './moderation-queue.js';
import type { QueueItemView } from './queue-item.js';

export type BulkResult =
  | { readonly id: string; readonly status: CommentStatus; readonly version: number }
  | { readonly id: string; readonly code: string };

/** Carries a person's decisions out. */
@Injectable()
export class Moderator {
  constructor(
    private readonly database: Database,
    private readonly mover: CommentMover,
    private readonly after: AfterDecisions,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `comment-not-found`, `version-conflict`, `move-refused`, `nothing-to-undo` */
  async decide(
    site: KnownSite,
    articleKey: string,
    id: CommentId,
    decision: Decision,
    body: DecisionDto,
    caller: Caller,
  ): Promise<QueueItemView> {
    const { outcomes, item } = await this.database.inSite(site.id, async (manager) => {
      await findItem(manager, site.id, id, articleKey, caller);
      const request = { id, decision, ...body };
      const decided = await this.mover.decide(manager, deciding(site), [request], actorOf(caller), this.clock.now());
      return { outcomes: decided, item: await findItem(manager, site.id, id, articleKey, caller) };
    });
    const ruling = outcomes[0]?.ruling.kind ?? 'comment-not-found';
    if (ruling !== 'moved' && ruling !== 'in-force') {
      throw new Problem(ruling, { detail: describeRefusal(ruling, decision, item) });
    }
    this.after.see(outcomes, decision, caller, () => site.id);
    return item;
  }

  /** @param seen the version of each comment the person saw, where it is known: a newer one is a conflict */
  async decideMany(
    site: KnownSite,
    { action, ids, reason }: BulkDecisionDto,
    caller: Caller,
    seen: ReadonlyMap<string, number> = new Map(),
  ): Promise<{ results: BulkResult[] }> {
    const requests = ids.map((id) => {
      return { id: id.toLowerCase() as CommentId, decision: action, reason, version: seen.get(id) };
    });
    const outcomes = await this.database.inSite(site.id, async (manager) => {
      const decided = await this.mover.decide(manager, deciding(site), requests, actorOf(caller), this.clock.now());
      if (ids.length > 1) await recordBulk(manager, site.id, caller, action, decided);
      return decided;
    });
    this.after.see(outcomes, action, caller, () => site.id);
    return { results: outcomes.map(viewOutcome) };
  }
}

export function deciding({ id, settings }: KnownSite): { id: KnownSite['id']; publishOnApproval: boolean } {
  return { id, publishOnApproval: settings.publishOnApproval };
}

export function actorOf(caller: Caller): Actor & { readonly kind: 'person' } {
  const actor = { kind: 'person' as const, id: idOf(caller), name: nameOf(caller) };
  return caller.kind === 'person' ? { ...actor, isOperator: caller.isOperator } : actor;
}

/** One decision on many comments is an act beside those on each. */
export async function recordBulk(
  manager: EntityManager,
  site: SiteId,
  caller: Caller,
  decision: Decision,
  outcomes: readonly DecisionOutcome[],
): Promise<void> {
  const count = outcomes.filter(({ ruling }) => ruling.kind === 'moved').length;
  if (count > 0) await recordAct(manager, site, caller, { action: 'bulk-decided', detail: { decision, count } });
}

export function viewOutcome({ id, ruling, status, version }: DecisionOutcome): BulkResult {
  const isDone = ruling.kind === 'moved' || ruling.kind === 'in-force';
  return isDone && status !== null && version !== null ? { id, status, version } : { id, code: ruling.kind };
}

function describeRefusal(code: string, decision: Decision, { status, version }: QueueItemView): string {
  if (code === 'version-conflict')
    return `The comment is ${status} at version ${version} now. Reload it and decide again.`;
  if (code === 'move-refused') return `A comment that is ${status} cannot be moved by ${decision}.`;
  return `The comment is ${status}; only the last decision of a person can be undone, and a deletion cannot.`;
}
