import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mayAct, type Person } from '../../accounts/caller.js';
import { sessionCookie } from '../../accounts/session-cookie.js';
import { Sessions } from '../../accounts/sessions.js';
import { Preview } from '../../moderation/preview.js';
import { PreviewCommentDto } from '../../moderation/preview-comment.dto.js';
import { Summary } from '../../moderation/summary.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { readBody } from '../../platform/http/read-body.js';
import type { Html } from '../../platform/pages/html.js';
import { Problem } from '../../platform/problem/problem.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { renderPlayground, type Tried } from './playground-panel.js';

/** The part of the demo for those who may read its queue. What it tries is judged by the filter's own preview. */
@Injectable()
export class Playground {
  constructor(
    private readonly sessions: Sessions,
    private readonly address: PublicAddress,
    private readonly previews: Preview,
    private readonly summary: Summary,
  ) {}

  /** Null for everybody else, for whom the page is what it is on any site. */
  async write(site: KnownSite, request: FastifyRequest, text: string | null): Promise<Html | null> {
    const cookie = request.cookies[sessionCookie(this.address.url).name];
    const person = cookie === undefined ? null : await this.sessions.find(cookie);
    if (!person || !mayAct(person, site.key, 'viewer', 'moderation:read')) return null;
    const { counts } = await this.summary.read(site);
    const tried = text === null ? null : await this.#try(site, text, person);
    return renderPlayground({ name: person.name, waiting: counts.pending, tried });
  }

  async #try(site: KnownSite, text: string, person: Person): Promise<Tried> {
    try {
      const verdict = await this.previews.judge(site, readBody(PreviewCommentDto, { body: text }), person);
      return { text, verdict, fault: null };
    } catch (error) {
      if (!(error instanceof Problem) || !['invalid-body', 'too-many-requests'].includes(error.code)) throw error;
      const fault =
        error.code === 'invalid-body' ? 'Write a text of 1 to 10,000 characters.' : (error.extras.detail ?? null);
      return { text, verdict: null, fault };
    }
  }
}
