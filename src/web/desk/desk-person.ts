import { Injectable, type StreamableFile } from '@nestjs/common';
import { CommentDetail } from '../../moderation/comment-detail.js';
import { keptAuthorKey } from '../../moderation/person/kept-author-key.js';
import { PersonErasure } from '../../moderation/person/person-erasure.js';
import { PersonExport } from '../../moderation/person/person-export.js';
import { count } from '../../lib/spam/wording.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { writePage } from '../../platform/pages/page.js';
import type { Html } from '../../platform/pages/html.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { Visit } from './desk-comment.js';
import { sitePath } from './desk-links.js';
import { deskPage } from './desk-shell.js';
import { renderErasure, renderMore, renderPerson } from './person-page.js';
import { withSaid } from './said.js';

/** The pages about all that is kept of a comment's author. What they do is done by the routes for programs, too. */
@Injectable()
export class DeskPerson {
  constructor(
    private readonly detail: CommentDetail,
    private readonly exported: PersonExport,
    private readonly erasure: PersonErasure,
    private readonly secrets: Secrets,
  ) {}

  /** @throws Problem `comment-not-found` */
  async write(visit: Visit): Promise<string> {
    const { site, id, person } = visit;
    const { author } = await this.detail.read(site, id, person);
    const main = renderPerson({ site, id, email: author.email || null });
    return page(visit, 'All of this person’s data', main);
  }

  /** @throws Problem `invalid-body` */
  export({ site, person }: Visit, { email = '' }: FieldsOfForm): Promise<StreamableFile> {
    return this.exported.download(site, email, person);
  }

  /** Asks first, unless the form is the one that asked. @throws Problem `invalid-body` */
  async erase(visit: Visit, { email = '', sure }: FieldsOfForm): Promise<string> {
    const { site, id, person, reply } = visit;
    const scene = { site, id, email: keptAuthorKey(email) };
    if (sure !== 'yes') return page(visit, 'Erase all of this person’s data?', renderErasure(scene));
    const { comments, done } = await this.erasure.erase(site, email, person);
    if (!done) return page(visit, 'Not all of it is erased yet', renderMore(scene, comments));
    const words = `Erased all that was kept of this person: ${count(comments, 'comment')}.`;
    void reply.status(303).header('location', withSaid(this.secrets, person.accountId, sitePath(site.key), words));
    return '';
  }
}

function page({ site, person, reply }: Visit, title: string, main: Html): string {
  return writePage(reply, deskPage(person, site, title, main));
}
