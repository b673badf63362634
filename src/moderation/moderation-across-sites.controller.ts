import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberAnywhere } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { RawQuery } from '../platform/http/query.js';
import type { CommentId } from '../platform/ids.js';
import { BulkDecisionDto } from './decision.dto.js';
import { DecisionsAcrossSites } from './decisions-across-sites.js';
import { EventsAcrossSites } from './events-across-sites.js';
import type { BulkResult } from './moderator.js';
import { QueueAcrossSites, type DetailOfSite, type PageAcrossSites } from './queue-across-sites.js';
import { SummaryAcrossSites, type SummaryAcrossSitesView } from './summary-across-sites.js';

const Reading = (): MethodDecorator => MemberAnywhere('moderation:read');

/** The queue of every site on which the caller moderates, as one. */
@Controller('v1/moderation')
export class ModerationAcrossSitesController {
  constructor(
    private readonly queue: QueueAcrossSites,
    private readonly summary: SummaryAcrossSites,
    private readonly events: EventsAcrossSites,
    private readonly decisions: DecisionsAcrossSites,
  ) {}

  @Get('comments')
  @Reading()
  list(@CurrentCaller() caller: Caller, @Query() query: RawQuery): Promise<PageAcrossSites> {
    return this.queue.list(caller, query);
  }

  @Get('comments/:id')
  @Reading()
  read(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: CommentId): Promise<DetailOfSite> {
    return this.queue.read(caller, id);
  }

  @Get('summary')
  @Reading()
  summarise(@CurrentCaller() caller: Caller, @Query() query: RawQuery): Promise<SummaryAcrossSitesView> {
    return this.summary.read(caller, query);
  }

  @Get('events')
  @Reading()
  stream(
    @CurrentCaller() caller: Caller,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.events.stream(caller, query, request, reply);
  }

  @Post('decisions')
  @MemberAnywhere('moderation:write')
  @HttpCode(200)
  decide(
    @CurrentCaller() caller: Caller,
    @JsonBody(BulkDecisionDto) body: BulkDecisionDto,
  ): Promise<{ results: BulkResult[] }> {
    return this.decisions.decide(caller, body);
  }
}
