import { Injectable } from '@nestjs/common';
import type { Caller } from '../../accounts/caller.js';
import { recordAct, type Doer } from '../../accounts/record-act.js';
import type { Actor } from '../../comments/actor.js';
import { CommentMover } from '../../comments/move-comment.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { AuthorRules } from '../../rules/author-rules.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { actorOf, deciding } from '../moderator.js';
import { countKept, eraseFilters, eraseNotesOn } from './erase-beside.js';
import { eraseComments } from './erase-comments.js';
import { keptAuthorKey } from './kept-author-key.js';

/** A request ends within 15 s, the last turn too. */
const MOST_OF_A_REQUEST_MS = 8_000;

export interface Erased {
  readonly comments: number;
  readonly notes: number;
  readonly rules: number;
  /** False when the time was up: what is left waits for the next call. */
  readonly done: boolean;
}

export interface Eraser {
  readonly actor: Actor;
  readonly doer: Doer;
  /** Told after each turn, with the comments erased so far. @returns whether to go on */
  goesOn(erased: number): boolean;
}

/**
 * Erases all that a site keeps of who wrote under one address, in turns: each is a transaction that has happened or has
 * not, and whoever is cut off begins again with what is left. Nothing remembers the address meanwhile.
 */
@Injectable()
export class PersonErasure {
  constructor(
    private readonly database: Database,
    private readonly mover: CommentMover,
    private readonly rules: AuthorRules,
    private readonly clock: Clock,
  ) {}

  /** As much as fits into one request. @throws Problem `invalid-body` */
  erase(site: KnownSite, email: string, caller: Caller): Promise<Erased> {
    const end = performance.now() + MOST_OF_A_REQUEST_MS;
    return this.eraseAs(site, email, {
      actor: actorOf(caller),
      doer: caller,
      goesOn: () => performance.now() < end,
    });
  }

  async eraseAs(site: KnownSite, email: string, by: Eraser): Promise<Erased> {
    const key = keptAuthorKey(email);
    const notes = await this.#begin(site, key, by);
    let comments = 0;
    for (let turn = 1; turn > 0;) {
      turn = await this.#takeTurn(site, key, by.actor);
      comments += turn;
      if (turn > 0 && !by.goesOn(comments)) return { comments, notes: 0, rules: 0, done: false };
    }
    return { comments, notes, ...(await this.#finish(site, key)) };
  }

  /** Recorded before the first turn: should this be cut off, it stands there all the same. */
  #begin({ id }: KnownSite, key: string, { doer }: Eraser): Promise<number> {
    return this.database.inSite(id, async (manager) => {
      const { comments, notes } = await countKept(manager, id, key);
      const rules = await this.rules.count(manager, id, key);
      if (comments + notes + rules > 0) {
        await recordAct(manager, id, doer, { action: 'person-erased', detail: { comments, notes, rules } });
      }
      return notes;
    });
  }

  #takeTurn(site: KnownSite, key: string, actor: Actor): Promise<number> {
    return this.database.inSite(site.id, (manager) =>
      eraseComments({ manager, mover: this.mover, site: deciding(site), actor, now: this.clock.now() }, key),
    );
  }

  #finish({ id }: KnownSite, key: string): Promise<Pick<Erased, 'rules' | 'done'>> {
    return this.database.inSite(id, async (manager) => {
      const rules = await this.rules.forget(manager, id, key);
      await eraseNotesOn(manager, id, key);
      return { rules, done: (await eraseFilters(manager, id, key)) === 0 };
    });
  }
}
