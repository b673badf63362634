import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { RuleId } from '../../platform/ids.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskRules } from './desk-rules.js';

const Administering = (): MethodDecorator => MemberOnly('owner', 'site:admin');

@Controller('desk/sites/:site/rules')
export class DeskRulesController {
  constructor(private readonly rules: DeskRules) {}

  @Get()
  @Administering()
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.rules.write({ site, person, reply }, query);
  }

  @Post()
  @Administering()
  answer(
    @Param('site', SitePipe) site: KnownSite,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.rules.answer({ site, person, reply }, fields);
  }

  @Post(':rule/remove')
  @Administering()
  @HttpCode(303)
  remove(
    @Param('site', SitePipe) site: KnownSite,
    @Param('rule', IdPipe) rule: RuleId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.rules.remove({ site, person, reply }, rule);
  }
}
