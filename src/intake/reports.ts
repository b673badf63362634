import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { reportComment } from '../comments/report-comment.js';
import { Clock } from '../platform/clock.js';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import { clientNetwork } from '../platform/http/client-network.js';
import type { CommentId } from '../platform/ids.js';
import { noteRequest } from '../platform/logging/request-notes.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import type { ReportCommentDto } from './report-comment.dto.js';
import { SubmissionLimit } from './submission-limit.js';

export interface ReportView {
  readonly id: string;
  readonly status: 'reported';
}

/** Which comment, as its page knows it. */
export interface Reportable {
  readonly site: KnownSite;
  readonly articleKey: string;
  readonly id: CommentId;
}

export interface ReportedComment {
  readonly authorName: string;
  readonly body: string;
  readonly articleUrl: string | null;
  readonly articleTitle: string | null;
}

/** Takes what readers say against a published comment. Of who they are a digest is kept, which nobody can read back. */
@Injectable()
export class Reports {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly limit: SubmissionLimit,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /**
   * What a reader is about to report, for the page that asks them to.
   * @throws Problem `comment-not-found` for all that readers do not see
   */
  async find({ site, articleKey, id }: Reportable): Promise<ReportedComment> {
    const [found]: ReportedComment[] = await this.database.inSite(site.id, (manager) =>
      manager.query(
        `select c.author_name as "authorName", c.body, a.url as "articleUrl", a.title as "articleTitle"
           from comment c join article a on a.site_id = c.site_id and a.id = c.article_id
          where c.site_id = $1 and c.id = $2 and a.key = $3 and c.status = 'published'`,
        [site.id, id, articleKey],
      ),
    );
    if (!found) throw notThere();
    return found;
  }

  /**
   * The same answer for the first report of a network and for its tenth.
   * @throws Problem `comment-not-found`, `too-many-requests`
   */
  async take(
    { site, articleKey, id }: Reportable,
    { reason }: ReportCommentDto,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ReportView> {
    const network = clientNetwork(request.ip) ?? request.ip;
    reply.headers(await this.limit.countReport(network));
    noteRequest(request, { commentId: id });
    const isThere = await this.database.inSite(site.id, (manager) =>
      reportComment(manager, this.changes, {
        ...{ siteId: site.id, articleKey, id, at: this.clock.now() },
        reporterOf: (revision) => this.secrets.sign('report', `${site.id}/${id}/${revision}/${network}`),
        reason: reason?.trim() ? reason.trim() : null,
      }),
    );
    if (!isThere) throw notThere();
    return { id, status: 'reported' };
  }
}

function notThere(): Problem {
  return new Problem('comment-not-found', { detail: 'There is no such comment on the page.' });
}
