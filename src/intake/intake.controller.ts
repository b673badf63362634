import { Controller, Get, Header, HttpCode, Options, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/http/access.js';
import type { FormView } from './submission-checks.js';
import { SubmissionDesk, type SubmissionView } from './submission-desk.js';

const ROUTE = 'v1/sites/:site/articles/:article';

@Controller(ROUTE)
export class IntakeController {
  constructor(private readonly desk: SubmissionDesk) {}

  @Post('comments')
  @Public()
  @HttpCode(202)
  submit(
    @Param('site') site: string,
    @Param('article') article: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SubmissionView | undefined> {
    return this.desk.submit(site, article, request, reply);
  }

  @Options('comments')
  @Public()
  @HttpCode(204)
  @Header('access-control-allow-methods', 'GET, POST')
  @Header('access-control-allow-headers', 'content-type, idempotency-key')
  @Header('access-control-max-age', '7200')
  preflight(): void {
    // The origin was checked, and echoed, by SubmissionOrigin.
  }

  @Get('form')
  @Public()
  @Header('access-control-allow-origin', '*')
  @Header('cache-control', 'no-store')
  form(@Param('site') site: string, @Param('article') article: string): Promise<FormView> {
    return this.desk.form(site, article);
  }
}
