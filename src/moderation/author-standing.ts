import { Injectable } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { recordAct } from '../accounts/record-act.js';
import { Database } from '../platform/database/database.js';
import type { CommentId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { AuthorRules, type Standing } from '../rules/author-rules.js';
import type { KnownSite } from '../sites/site-directory.js';
import { holdAuthorKey } from './author-key.js';

/** Trusts or bans the author of a comment. It is the one thing about rules that a moderator may do, see docs/decisions/0023. */
@Injectable()
export class AuthorStanding {
  constructor(
    private readonly database: Database,
    private readonly rules: AuthorRules,
  ) {}

  /** @throws Problem `comment-not-found`, `author-unknown`, `too-many-rules` */
  set(site: KnownSite, id: CommentId, standing: Standing, caller: Caller): Promise<{ standing: Standing }> {
    return this.database.inSite(site.id, async (manager) => {
      const { authorKey } = await holdAuthorKey(manager, site, id);
      if (authorKey === null || !this.rules.canName(authorKey)) throw new Problem('author-unknown');
      if (await this.rules.set(manager, site.id, authorKey, standing, caller)) {
        await recordAct(manager, site.id, caller, { action: 'author-standing', subject: id, detail: { standing } });
      }
      return { standing };
    });
  }
}
