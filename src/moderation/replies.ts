import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller, Person } from '../accounts/caller.js';
import { claimKey } from '../comments/claim-key.js';
import { CommentMover, type ReplyOutcome } from '../comments/move-comment.js';
import { VerifiedNames } from '../comments/verified-names.js';
import { LearningQueue } from '../learning/learning.queue.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { newId, type CommentId } from '../platform/ids.js';
import { readIdempotencyKey } from '../platform/http/read-idempotency-key.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';
import { findItem } from './moderation-queue.js';
import { actorOf } from './moderator.js';
import type { QueueItemView } from './queue-item.js';
import type { ReplyDto } from './reply.dto.js';

const KEYED_LIFE_MS = 24 * 3_600_000;
/** Without a key, the same reply within this time is the same reply, as with submissions. */
const CONTENT_LIFE_MS = 60_000;

/** Lets the people of a site answer their readers, under their own names. */
@Injectable()
export class Replies {
  constructor(
    private readonly database: Database,
    private readonly mover: CommentMover,
    private readonly names: VerifiedNames,
    private readonly learning: LearningQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * @param key the header `Idempotency-Key`
   * @throws Problem `forbidden` for a program, `name-not-public`, `comment-not-found`, `comment-not-published`,
   * `invalid-idempotency-key`, `idempotency-key-reused`
   */
  async reply(
    site: KnownSite,
    parentId: CommentId,
    { body }: ReplyDto,
    key: string | undefined,
    caller: Caller,
  ): Promise<QueueItemView> {
    const person = speaker(caller);
    const claim = describeClaim(readIdempotencyKey(key), parentId, body, person);
    const item = await this.database.inSite(site.id, async (manager) => {
      const now = this.clock.now();
      const commentId = newId<CommentId>();
      const expiresAt = new Date(now.getTime() + claim.lifeMs);
      const held = await claimKey(manager, site.id, { ...claim, commentId, expiresAt }, now);
      if (held && !held.payloadHash.equals(claim.payloadHash)) throw new Problem('idempotency-key-reused');
      if (!held) await this.#write(manager, site, { id: commentId, parentId, body }, person, now);
      return findItem(manager, site.id, held?.commentId ?? commentId, null, caller);
    });
    // It stands in the order of decisions, and teaches nothing.
    this.learning.wake([site.id]);
    return item;
  }

  async #write(
    manager: EntityManager,
    site: KnownSite,
    { id, parentId, body }: { readonly id: CommentId; readonly parentId: CommentId; readonly body: string },
    person: Person,
    now: Date,
  ): Promise<void> {
    const account = { id: person.accountId, name: person.name };
    const reply = { id, parentId, account, body, maxDepth: site.settings.maxDepth };
    const outcome = await this.mover.reply(manager, site.id, reply, actorOf(person), now);
    if (outcome.kind !== 'published') throw refusal(outcome);
    await this.names.add(manager, site.id, account.name);
  }
}

/** @throws Problem */
function speaker(caller: Caller): Person {
  if (caller.kind !== 'person') {
    const detail = 'A reply bears the name of a person, and an API key has none. Sign in and write it at the desk.';
    throw new Problem('forbidden', { detail });
  }
  // Whoever was given an account may have been named by their address.
  if (caller.name.includes('@')) throw new Problem('name-not-public');
  return caller;
}

function refusal(outcome: Exclude<ReplyOutcome, { readonly kind: 'published' }>): Problem {
  if (outcome.kind !== 'comment-not-published') return new Problem(outcome.kind);
  if (outcome.status !== 'deleted') return new Problem('comment-not-published');
  return new Problem('comment-not-published', { detail: 'The comment was deleted; nobody could see what you answer.' });
}

interface Claim {
  readonly keyHash: Buffer;
  readonly payloadHash: Buffer;
  readonly lifeMs: number;
}

/** A person's key stands for one reply to one comment. Without a key the text is the key. */
function describeClaim(key: string | null, parentId: CommentId, body: string, { accountId }: Person): Claim {
  const place = ['reply', accountId, parentId];
  return {
    keyHash: digest([...place, key === null ? 'content' : 'key', key ?? body]),
    payloadHash: digest([...place, body]),
    lifeMs: key === null ? CONTENT_LIFE_MS : KEYED_LIFE_MS,
  };
}

function digest(parts: readonly string[]): Buffer {
  return hash('sha256', JSON.stringify(parts), 'buffer');
}
