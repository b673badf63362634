import { Controller, Header, HttpCode, Options, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ArticleKeyPipe } from '../comments/article-key.pipe.js';
import { Public } from '../platform/http/access.js';
import { OptionalJsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { ReportCommentDto } from './report-comment.dto.js';
import { Reports, type ReportView } from './reports.js';

@Controller('v1/sites/:site/articles/:article/comments/:id/report')
export class ReportsController {
  constructor(private readonly reports: Reports) {}

  @Post()
  @Public()
  @HttpCode(202)
  @Header('cache-control', 'no-store')
  report(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) articleKey: string,
    @Param('id', IdPipe) id: CommentId,
    @OptionalJsonBody(ReportCommentDto) body: ReportCommentDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReportView> {
    return this.reports.take({ site, articleKey, id }, body, request, reply);
  }

  @Options()
  @Public()
  @HttpCode(204)
  @Header('access-control-allow-methods', 'POST')
  @Header('access-control-allow-headers', 'content-type')
  @Header('access-control-max-age', '7200')
  preflight(): void {
    // The origin was checked, and echoed, by SubmissionOrigin.
  }
}
