import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskSettings } from './desk-settings.js';

const Administering = (): MethodDecorator => MemberOnly('owner', 'site:admin');

@Controller('desk/sites/:site')
export class DeskSettingsController {
  constructor(private readonly settings: DeskSettings) {}

  @Get('settings')
  @Administering()
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.settings.write({ site, person, reply }, query);
  }

  @Post('settings')
  @Administering()
  change(
    @Param('site', SitePipe) site: KnownSite,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.settings.change({ site, person, reply }, fields);
  }

  @Post('remove')
  @Administering()
  remove(
    @Param('site', SitePipe) site: KnownSite,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.settings.remove({ site, person, reply }, fields);
  }
}
