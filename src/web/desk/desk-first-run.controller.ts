import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly, OperatorOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskFirstRun } from './desk-first-run.js';

@Controller('desk')
export class DeskFirstRunController {
  constructor(private readonly firstRun: DeskFirstRun) {}

  @Get('start')
  @OperatorOnly()
  read(@CurrentPerson() person: Person, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.firstRun.write({ person, reply });
  }

  @Post('start')
  @OperatorOnly()
  begin(
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.firstRun.begin({ person, reply }, fields);
  }

  @Get('sites/:site/start')
  @MemberOnly('owner', 'site:admin')
  show(
    @Param('site', SitePipe) site: KnownSite,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.firstRun.show({ site, person, reply });
  }
}
