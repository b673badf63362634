import { Controller, Get, Param, Query } from '@nestjs/common';
import { AuditLog } from '../accounts/audit-log.js';
import { readPageAsked, type Page } from '../accounts/page.js';
import { MemberOnly } from '../platform/http/access.js';
import type { RawQuery } from '../platform/http/query.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { viewAct, type ActView } from './act.view.js';
import { viewPage } from './member.view.js';

@Controller('v1/sites/:site/audit')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @MemberOnly('owner', 'site:admin')
  async list(@Param('site', SitePipe) { id }: KnownSite, @Query() query: RawQuery): Promise<Page<ActView>> {
    return viewPage(await this.log.list(id, readPageAsked(query)), viewAct);
  }
}
