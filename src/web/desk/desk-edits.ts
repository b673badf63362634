import { Injectable } from '@nestjs/common';
import { CommentDetail } from '../../moderation/comment-detail.js';
import { EditTextDto } from '../../moderation/edit-text.dto.js';
import { TextEditor } from '../../moderation/text-editor.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readBody } from '../../platform/http/read-body.js';
import { writePage } from '../../platform/pages/page.js';
import { Problem } from '../../platform/problem/problem.js';
import { Secrets } from '../../platform/signing/secrets.js';
import type { Visit } from './desk-comment.js';
import { commentPath } from './desk-links.js';
import { deskPage } from './desk-shell.js';
import { NOT_NOW, renderEdit, type EditScene } from './edit-page.js';
import { withSaid } from './said.js';

const TOLD_THERE = ['invalid-body', 'version-conflict', 'move-refused'];

/** The form that edits a text, and from there back to the comment's page. The rules are the TextEditor's. */
@Injectable()
export class DeskEdits {
  constructor(
    private readonly editor: TextEditor,
    private readonly detail: CommentDetail,
    private readonly secrets: Secrets,
  ) {}

  async write(
    { site, id, person, reply }: Visit,
    refused: Pick<EditScene, 'alert' | 'typed'> = { alert: null, typed: null },
  ): Promise<string> {
    const comment = await this.detail.read(site, id, person);
    const { alert } = refused;
    const title = `${alert === null ? '' : `${alert} `}Edit the text of a comment, ${site.name}`;
    return writePage(reply, deskPage(person, site, title, renderEdit({ site, comment, ...refused })));
  }

  /** @throws Problem `comment-not-found`; what else is refused is told beside the form, which keeps what was typed */
  async edit(visit: Visit, fields: FieldsOfForm): Promise<string> {
    const { site, id, person, reply } = visit;
    const version = Number(fields.version);
    try {
      const reason = fields.reason?.trim() ? { reason: fields.reason } : {};
      const dto = readBody(EditTextDto, { version, body: fields.body, ...reason });
      const item = await this.editor.edit(site, id, dto, person);
      const words = item.version === version ? 'The text is as it was.' : 'The text is changed.';
      const path = withSaid(this.secrets, person.accountId, commentPath(site.key, id), words);
      void reply.status(303).header('location', path);
      return '';
    } catch (error) {
      if (!(error instanceof Problem) || !TOLD_THERE.includes(error.code)) throw error;
      void reply.status(error.status);
      const typed = { body: fields.body ?? '', reason: fields.reason ?? '' };
      return this.write(visit, { alert: whyNot(error), typed });
    }
  }
}

function whyNot({ code, extras }: Problem): string {
  if (code === 'version-conflict')
    return 'Somebody was faster: the comment has changed meanwhile. It stands here as it is now, and what you wrote below; save it again if you still want to.';
  if (code === 'move-refused') return NOT_NOW;
  return `Nothing was changed. ${extras.errors?.[0]?.detail ?? 'Mend the text.'}`;
}
