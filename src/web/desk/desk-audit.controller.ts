import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly } from '../../platform/http/access.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskAudit } from './desk-audit.js';

@Controller('desk/sites/:site/audit')
export class DeskAuditController {
  constructor(private readonly audit: DeskAudit) {}

  @Get()
  @MemberOnly('owner', 'site:admin')
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.audit.write({ site, person, reply }, query);
  }
}
