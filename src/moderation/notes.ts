import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { idOf, mayAct, nameOf, type Caller } from '../accounts/caller.js';
import { recordAct } from '../accounts/record-act.js';
import { ModeratorNote } from '../comments/moderator-note.entity.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { newId, type CommentId, type NoteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';
import { holdAuthorKey, readAuthorKey, type Author } from './author-key.js';

/** All of them are read with the comment. */
const MOST_NOTES = 100;

/** What a note is on. The author is named by one of their comments: an address stands in no path. */
export type NotePlace = 'comment' | 'author';

export interface NoteView {
  readonly id: string;
  readonly text: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
}

type Subject = Pick<ModeratorNote, 'commentId' | 'authorKey'>;

/** What moderators write for each other, and nobody else reads. */
@Injectable()
export class Notes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Oldest first. @throws Problem `comment-not-found`, `author-unknown` */
  list(site: KnownSite, id: CommentId, place: NotePlace): Promise<{ items: NoteView[]; nextCursor: null }> {
    return this.database.inSite(site.id, async (manager) => {
      const subject = subjectOf(id, place, await readAuthorKey(manager, site, id));
      const items = await readNotes(manager, site, subject);
      return { items, nextCursor: null };
    });
  }

  /** @throws Problem `comment-not-found`, `author-unknown`, `too-many-notes` */
  write(site: KnownSite, id: CommentId, place: NotePlace, text: string, caller: Caller): Promise<NoteView> {
    return this.database.inSite(site.id, async (manager) => {
      const subject = subjectOf(id, place, await holdAuthorKey(manager, site, id));
      const count = await manager.countBy(ModeratorNote, whereOf(site, subject));
      if (count >= MOST_NOTES) throw new Problem('too-many-notes');
      const by = { actorId: idOf(caller), actorName: nameOf(caller) };
      const note = { siteId: site.id, id: newId<NoteId>(), ...subject, text, ...by, at: this.clock.now() };
      await manager.insert(ModeratorNote, note);
      return viewNote(note);
    });
  }

  /** By who wrote it, or an owner. @throws Problem `comment-not-found`, `author-unknown`, `note-not-found`, `forbidden` */
  async remove(site: KnownSite, id: CommentId, place: NotePlace, note: NoteId, caller: Caller): Promise<void> {
    await this.database.inSite(site.id, async (manager) => {
      const subject = subjectOf(id, place, await readAuthorKey(manager, site, id));
      const where = { ...whereOf(site, subject), id: note };
      const found = await manager.findOneBy(ModeratorNote, where);
      if (!found) throw new Problem('note-not-found');
      if (found.actorId !== idOf(caller) && !mayAct(caller, site.key, 'owner', 'site:admin')) {
        throw new Problem('forbidden', { detail: 'Ask who wrote it, or an owner of the site, to delete it.' });
      }
      const { affected } = await manager.delete(ModeratorNote, where);
      if (!affected) throw new Problem('note-not-found');
      const detail = { on: place, writtenBy: found.actorName };
      await recordAct(manager, site.id, caller, { action: 'note-deleted', subject: id, detail });
    });
  }
}

/** Of a comment, or of an author by their key. */
export async function readNotes(manager: EntityManager, site: KnownSite, subject: Subject): Promise<NoteView[]> {
  const notes = await manager.find(ModeratorNote, { where: whereOf(site, subject), order: { id: 'asc' } });
  return notes.map(viewNote);
}

function subjectOf(id: CommentId, place: NotePlace, { authorKey, isDeleted }: Author): Subject {
  if (place === 'comment') {
    if (isDeleted) throw new Problem('comment-not-found', { detail: 'It was deleted, and its notes with it.' });
    return { commentId: id, authorKey: null };
  }
  if (authorKey === null) throw new Problem('author-unknown');
  return { commentId: null, authorKey };
}

function whereOf({ id: siteId }: KnownSite, { commentId, authorKey }: Subject): Record<string, string> {
  return { siteId, ...(commentId !== null && { commentId }), ...(authorKey !== null && { authorKey }) };
}

function viewNote({ id, text, actorId, actorName, at }: ModeratorNote): NoteView {
  return { id, text, by: { id: actorId, name: actorName }, at: at.toISOString() };
}
