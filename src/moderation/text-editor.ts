import { Injectable } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CommentMover } from '../comments/move-comment.js';
import { LearningQueue } from '../learning/learning.queue.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { CommentId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';
import type { EditTextDto } from './edit-text.dto.js';
import { findItem } from './moderation-queue.js';
import { actorOf } from './moderator.js';
import type { QueueItemView } from './queue-item.js';

/** Changes the text of a comment for a moderator: it is neither screened again nor decided about. */
@Injectable()
export class TextEditor {
  constructor(
    private readonly database: Database,
    private readonly mover: CommentMover,
    private readonly learning: LearningQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `comment-not-found`, `version-conflict`, `move-refused` */
  async edit(
    site: KnownSite,
    id: CommentId,
    { version, body, reason }: EditTextDto,
    caller: Caller,
  ): Promise<QueueItemView> {
    const actor = { ...actorOf(caller), kind: 'person' as const };
    const { kind, item } = await this.database.inSite(site.id, async (manager) => {
      const request = { id, version, body, reason };
      const { ruling } = await this.mover.edit(manager, site.id, request, actor, this.clock.now());
      return { kind: ruling.kind, item: await findItem(manager, site.id, id, null, caller) };
    });
    if (kind === 'version-conflict') {
      const detail = `The comment is ${item.status} at version ${item.version} now. Reload it and edit it again.`;
      throw new Problem('version-conflict', { detail });
    }
    if (kind === 'move-refused') {
      throw new Problem('move-refused', { detail: `The text of a comment that is ${item.status} cannot be edited.` });
    }
    // It stands in the order of decisions, and teaches nothing.
    if (kind === 'edited') this.learning.wake([site.id]);
    return item;
  }
}
