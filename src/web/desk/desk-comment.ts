import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { mayAct, type Person } from '../../accounts/caller.js';
import { spellOut } from '../../lib/spam/wording.js';
import { CommentDetail } from '../../moderation/comment-detail.js';
import { Clock } from '../../platform/clock.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import type { CommentId } from '../../platform/ids.js';
import { shownOr } from '../../platform/pages/html.js';
import { writePage } from '../../platform/pages/page.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { renderComment, renderDeletion } from './comment-page.js';
import { deskPage } from './desk-shell.js';
import { describeNotice, openNotice } from './notice.js';
import { openSaid } from './said.js';

export interface Visit {
  readonly site: KnownSite;
  readonly id: CommentId;
  readonly person: Person;
  readonly reply: FastifyReply;
}

/** Gathers what the pages of one comment show. */
@Injectable()
export class DeskComment {
  constructor(
    private readonly detail: CommentDetail,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** @param alert why the last attempt changed nothing; then there is no query */
  async write({ site, id, person, reply }: Visit, raw: RawQuery, alert: string | null = null): Promise<string> {
    const comment = await this.detail.read(site, id, person);
    const notice = openNotice(this.secrets, [site.id, person.accountId], readOne(raw, 'notice'));
    const mayDecide = mayAct(person, site.key, 'moderator', 'moderation:write');
    const isOwner = mayAct(person, site.key, 'owner', 'site:admin');
    const main = renderComment({ site, comment, notice, alert, mayDecide, isOwner, now: this.clock.now() });
    const news = alert ?? (notice && describeNotice(notice));
    const title = `${news === null ? '' : `${news}. `}A comment by ${spellOut(shownOr(comment.author.name, 'nobody'))}, ${site.name}`;
    const said = openSaid(this.secrets, person.accountId, readOne(raw, 'said'));
    return writePage(reply, deskPage(person, site, title, main, { said }));
  }

  async askBeforeDeletion({ site, id, person, reply }: Visit): Promise<string> {
    const comment = await this.detail.read(site, id, person);
    return writePage(reply, deskPage(person, site, 'Delete this comment for good?', renderDeletion({ site, comment })));
  }
}
