import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../accounts/caller.js';
import { CurrentCaller } from '../../accounts/current-caller.decorator.js';
import { readPageAsked, type Page } from '../../accounts/page.js';
import { MemberOnly } from '../../platform/http/access.js';
import { JsonBody } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { JobId } from '../../platform/ids.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import type { BulkResult } from '../moderator.js';
import { JobKeeper } from './job-keeper.js';
import { JobList } from './job-list.js';
import { MakeJobDto } from './make-job.dto.js';
import type { ModerationJob } from './moderation-job.entity.js';
import { viewJob, type JobView } from './moderation-job.view.js';

const Reading = (): MethodDecorator => MemberOnly('viewer', 'moderation:read');
const Deciding = (): MethodDecorator => MemberOnly('moderator', 'moderation:write');

/** Acts on more comments than a request can decide. */
@Controller('v1/sites/:site/moderation/jobs')
export class ModerationJobsController {
  constructor(
    private readonly keeper: JobKeeper,
    private readonly jobs: JobList,
  ) {}

  @Post()
  @Deciding()
  @HttpCode(202)
  async make(
    @Param('site', SitePipe) site: KnownSite,
    @JsonBody(MakeJobDto) body: MakeJobDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    return accepted(reply, site, await this.keeper.make(site.id, body, caller));
  }

  @Get()
  @Reading()
  list(@Param('site', SitePipe) { id }: KnownSite, @Query() query: RawQuery): Promise<Page<JobView>> {
    return this.jobs.list(id, readPageAsked(query));
  }

  @Get(':job')
  @Reading()
  read(@Param('site', SitePipe) { id }: KnownSite, @Param('job', IdPipe) job: JobId): Promise<JobView> {
    return this.jobs.read(id, job);
  }

  @Get(':job/results')
  @Reading()
  results(
    @Param('site', SitePipe) { id }: KnownSite,
    @Param('job', IdPipe) job: JobId,
    @Query() query: RawQuery,
  ): Promise<Page<BulkResult>> {
    return this.jobs.results(id, job, readPageAsked(query));
  }

  @Post(':job/stop')
  @Deciding()
  @HttpCode(200)
  async stop(
    @Param('site', SitePipe) { id }: KnownSite,
    @Param('job', IdPipe) job: JobId,
    @CurrentCaller() caller: Caller,
  ): Promise<JobView> {
    return viewJob(await this.keeper.stop(id, job, caller));
  }

  @Post(':job/undo')
  @Deciding()
  @HttpCode(202)
  async undo(
    @Param('site', SitePipe) site: KnownSite,
    @Param('job', IdPipe) job: JobId,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    return accepted(reply, site, await this.keeper.undo(site.id, job, caller));
  }
}

function accepted(reply: FastifyReply, { key }: KnownSite, job: ModerationJob): JobView {
  void reply.header('location', `/v1/sites/${key}/moderation/jobs/${job.id}`);
  return viewJob(job);
}
