import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ArticleKeyPipe } from '../../comments/article-key.pipe.js';
import { Public } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { CommentId } from '../../platform/ids.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { ReportForm } from './report-form.js';

@Controller('report/:site/:article/:id')
export class ReportController {
  constructor(private readonly form: ReportForm) {}

  @Get()
  @Public()
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) articleKey: string,
    @Param('id', IdPipe) id: CommentId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.form.read({ site, articleKey, id }, reply);
  }

  @Post()
  @Public()
  @HttpCode(200)
  report(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) articleKey: string,
    @Param('id', IdPipe) id: CommentId,
    @FormFields() fields: FieldsOfForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.form.take({ site, articleKey, id }, fields, request, reply);
  }
}
