import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import type { RawQuery } from '../platform/http/query.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { FilterReport, type FilterReportView } from './filter-report.js';
import { Preview, type PreviewView } from './preview.js';
import { PreviewCommentDto } from './preview-comment.dto.js';

const Reading = (): MethodDecorator => MemberOnly('viewer', 'moderation:read');

/** What the filter did, and what it would do. */
@Controller('v1/sites/:site')
export class FilterController {
  constructor(
    private readonly report: FilterReport,
    private readonly previews: Preview,
  ) {}

  @Get('filter')
  @Reading()
  read(@Param('site', SitePipe) site: KnownSite, @Query() query: RawQuery): Promise<FilterReportView> {
    return this.report.read(site, query);
  }

  @Post('moderation/preview')
  @Reading()
  @HttpCode(200)
  preview(
    @Param('site', SitePipe) site: KnownSite,
    @JsonBody(PreviewCommentDto) body: PreviewCommentDto,
    @CurrentCaller() caller: Caller,
  ): Promise<PreviewView> {
    return this.previews.judge(site, body, caller);
  }
}
