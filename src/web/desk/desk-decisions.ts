import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { DECISIONS, type Decision } from '../../comments/comment-status.js';
import { CommentDetail, type CommentDetailView } from '../../moderation/comment-detail.js';
import { BulkDecisionDto, DecisionDto } from '../../moderation/decision.dto.js';
import { Moderator } from '../../moderation/moderator.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readBody } from '../../platform/http/read-body.js';
import { isUuid } from '../../platform/ids.js';
import { Problem } from '../../platform/problem/problem.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { BACK_HERE } from './comment-page.js';
import { DeskComment, type Visit } from './desk-comment.js';
import { commentPath, pathBack, readBack, withParameter } from './desk-links.js';
import { sealNotice, type Notice } from './notice.js';

const PICK = 'pick.';
const CONFLICTS = new Set(['version-conflict', 'move-refused', 'nothing-to-undo']);

/** From a form of the desk to a decision, and back to where the moderator was. The rules are the Moderator's. */
@Injectable()
export class DeskDecisions {
  constructor(
    private readonly moderator: Moderator,
    private readonly detail: CommentDetail,
    private readonly comments: DeskComment,
    private readonly secrets: Secrets,
  ) {}

  /** @throws Problem `invalid-body`, `comment-not-found`; a conflict is told on the comment's page */
  async decide(visit: Visit, fields: FieldsOfForm): Promise<string> {
    const { site, id, person, reply } = visit;
    const decision = readDecision(fields.decision);
    const body = readBody(DecisionDto, {
      version: Number(fields.version),
      ...(fields.reason?.trim() && { reason: fields.reason }),
    });
    const before = await this.detail.read(site, id, person);
    try {
      const { status, version } = await this.moderator.decide(site, before.article.key, id, decision, body, person);
      const isMoved = version !== before.version;
      const moved = isMoved ? [{ id, version }] : [];
      const same = unmoved(isMoved ? 0 : 1, before.reports.count > 0);
      return this.#leave({ site, person, fields, reply }, { decision, status, moved, ...same, refused: 0 }, id);
    } catch (error) {
      if (!(error instanceof Problem) || !CONFLICTS.has(error.code)) throw error;
      void reply.status(error.status);
      return this.comments.write(visit, {}, whatHappened(error, await this.detail.read(site, id, person)));
    }
  }

  async decideMany(site: KnownSite, person: Person, fields: FieldsOfForm, reply: FastifyReply): Promise<string> {
    const action = readDecision(fields.decision);
    const seen = readPicks(fields);
    if (seen.size === 0) {
      const nothing = { decision: action, status: null, moved: [], ...unmoved(0, false), refused: 0 };
      return this.#leave({ site, person, fields, reply }, nothing, null);
    }
    const body = readBody(BulkDecisionDto, { action, ids: [...seen.keys()] });
    const { results } = await this.moderator.decideMany(site, body, person, seen);
    const done = results.flatMap((result) => ('status' in result ? [result] : []));
    // A decision writes one version; what is further on was in force before we came.
    const moved = done.filter(({ id, version }) => version === (seen.get(id) ?? 0) + 1);
    const notice: Notice = {
      decision: action,
      status: moved[0]?.status ?? null,
      moved: moved.map(({ id, version }) => ({ id, version })),
      ...unmoved(done.length - moved.length, readBack(fields.back).isReported),
      refused: results.length - done.length,
    };
    return this.#leave({ site, person, fields, reply }, notice, body.ids[0] ?? null);
  }

  /** Post, redirect, get: a reload decides nothing again. */
  #leave({ site, person, fields, reply }: Sent, notice: Notice, id: string | null): string {
    const sealed = sealNotice(this.secrets, [site.id, person.accountId], notice);
    const here = fields.back === BACK_HERE && id !== null ? commentPath(site.key, id) : null;
    const next = !here && isUuid(fields.next ?? '') ? `c-${fields.next ?? ''}` : 'notice';
    const path = here ?? pathBack(site.key, fields.back);
    void reply.status(303).header('location', withParameter(path, 'notice', sealed, next));
    return '';
  }
}

/** A form of the desk as it was sent. */
interface Sent {
  readonly site: KnownSite;
  readonly person: Person;
  readonly fields: FieldsOfForm;
  readonly reply: FastifyReply;
}

function readDecision(typed: string | undefined): Decision {
  const decision = DECISIONS.find((one) => one === typed);
  if (decision) return decision;
  throw new Problem('invalid-body', { detail: 'Say what is to be decided.' });
}

/** What was so already. Of what readers have reported, that is the answer to them. */
function unmoved(count: number, isReported: boolean): Pick<Notice, 'inForce' | 'kept'> {
  return isReported ? { inForce: 0, kept: count } : { inForce: count, kept: 0 };
}

/** The ticked comments with the version at which each was seen. */
function readPicks(fields: FieldsOfForm): Map<string, number> {
  const picks = Object.entries(fields).filter(([name]) => name.startsWith(PICK));
  return new Map(picks.map(([name, version]) => [name.slice(PICK.length).toLowerCase(), Number(version)]));
}

/** What happened meanwhile, in the words of the event that somebody else wrote. */
function whatHappened({ code }: Problem, { status, events }: CommentDetailView): string {
  const last = events.at(-1);
  if (code === 'version-conflict' && last) {
    return `Somebody was faster: ${last.by} did this meanwhile: ${last.action}. It is ${status} now; nothing of yours was changed. Decide again if you still want to.`;
  }
  if (code === 'nothing-to-undo') return `There is no decision to undo here. The comment is ${status}.`;
  return `That cannot be done with a comment that is ${status}.`;
}
