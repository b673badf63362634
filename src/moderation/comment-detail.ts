import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { CommentEvent } from '../comments/comment-event.entity.js';
import { CommentRevision } from '../comments/comment-revision.entity.js';
import { Database } from '../platform/database/database.js';
import type { CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { findItem } from './moderation-queue.js';
import { readNotes, type NoteView } from './notes.js';
import { readAuthorKey } from './author-key.js';
import type { QueueItemView } from './queue-item.js';

export interface EventView {
  readonly from: string | null;
  readonly to: string;
  readonly action: string;
  readonly at: string;
  readonly by: string;
  readonly reason?: string;
  readonly note?: string;
}

/** A text that the comment had before. */
export interface RevisionView {
  readonly body: string;
  readonly replacedAt: string;
  readonly replacedBy: string;
}

export type CommentDetailView = QueueItemView & {
  readonly events: readonly EventView[];
  readonly revisions: readonly RevisionView[];
  /** What moderators noted on it, and on its author; oldest first. */
  readonly notes: readonly NoteView[];
  readonly authorNotes: readonly NoteView[];
};

/** One comment with all that happened to it. */
@Injectable()
export class CommentDetail {
  constructor(private readonly database: Database) {}

  /** @throws Problem `comment-not-found` */
  read(site: KnownSite, id: CommentId, caller: Caller): Promise<CommentDetailView> {
    return this.database.inSite(site.id, async (manager) => {
      const item = await findItem(manager, site.id, id, null, caller);
      const where = { siteId: site.id, commentId: id };
      const events = await manager.find(CommentEvent, { where, order: { version: 'asc' } });
      const revisions = await manager.find(CommentRevision, { where, order: { revision: 'asc' } });
      const history = { events: events.map(viewEvent), revisions: viewRevisions(revisions, events) };
      return { ...item, ...history, ...(await notesOf(manager, site, id)) };
    });
  }
}

async function notesOf(
  manager: EntityManager,
  site: KnownSite,
  id: CommentId,
): Promise<Pick<CommentDetailView, 'notes' | 'authorNotes'>> {
  const { authorKey } = await readAuthorKey(manager, site, id);
  return {
    notes: await readNotes(manager, site, { commentId: id, authorKey: null }),
    authorNotes: authorKey === null ? [] : await readNotes(manager, site, { commentId: null, authorKey }),
  };
}

function viewRevisions(revisions: readonly CommentRevision[], events: readonly CommentEvent[]): RevisionView[] {
  const byVersion = new Map(events.map((event) => [event.version, viewEvent(event)]));
  return revisions.flatMap(({ body, replacedVersion }) => {
    const event = byVersion.get(replacedVersion);
    return event ? [{ body, replacedAt: event.at, replacedBy: event.by }] : [];
  });
}

function viewEvent({ fromStatus, toStatus, action, at, actorKind, actorName, reason, note }: CommentEvent): EventView {
  return {
    from: fromStatus,
    to: toStatus,
    action,
    at: at.toISOString(),
    by: actorName ?? actorKind,
    ...(reason !== null && { reason }),
    ...(note !== null && { note }),
  };
}
