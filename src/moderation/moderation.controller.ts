import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { ArticleKeyPipe } from '../comments/article-key.pipe.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { RawQuery } from '../platform/http/query.js';
import type { CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { CommentDetail, type CommentDetailView } from './comment-detail.js';
import { BulkDecisionDto } from './decision.dto.js';
import { ModerationQueue, type QueuePage } from './moderation-queue.js';
import { Moderator, type BulkResult } from './moderator.js';
import { QueueEvents } from './queue-events.js';
import { readQueueQuery } from './queue-query.js';
import { Summary, type SummaryView } from './summary.js';

const Reading = (): MethodDecorator => MemberOnly('viewer', 'moderation:read');

@Controller('v1/sites/:site')
export class ModerationController {
  constructor(
    private readonly queue: ModerationQueue,
    private readonly detail: CommentDetail,
    private readonly summary: Summary,
    private readonly events: QueueEvents,
    private readonly moderator: Moderator,
  ) {}

  @Get('moderation/comments')
  @Reading()
  list(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<QueuePage> {
    return this.queue.list(site, readQueueQuery(query), caller);
  }

  @Get('articles/:article/moderation/comments')
  @Reading()
  listOfArticle(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @Query() query: RawQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<QueuePage> {
    return this.queue.list(site, readQueueQuery(query, article), caller);
  }

  @Get('moderation/comments/:id')
  @Reading()
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @CurrentCaller() caller: Caller,
  ): Promise<CommentDetailView> {
    return this.detail.read(site, id, caller);
  }

  @Get('moderation/summary')
  @Reading()
  summarise(@Param('site', SitePipe) site: KnownSite): Promise<SummaryView> {
    return this.summary.read(site);
  }

  @Get('moderation/events')
  @Reading()
  stream(
    @Param('site', SitePipe) site: KnownSite,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.events.stream(site, request, reply);
  }

  @Post('moderation/decisions')
  @MemberOnly('moderator', 'moderation:write')
  @HttpCode(200)
  decide(
    @Param('site', SitePipe) site: KnownSite,
    @JsonBody(BulkDecisionDto) body: BulkDecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<{ results: BulkResult[] }> {
    return this.moderator.decideMany(site, body, caller);
  }
}
