import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { ApiKeyId } from '../../platform/ids.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskKeys } from './desk-keys.js';

const Administering = (): MethodDecorator => MemberOnly('owner', 'site:admin');

@Controller('desk/sites/:site/keys')
export class DeskKeysController {
  constructor(private readonly keys: DeskKeys) {}

  @Get()
  @Administering()
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.keys.write({ site, person, reply }, query);
  }

  @Post()
  @Administering()
  make(
    @Param('site', SitePipe) site: KnownSite,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.keys.make({ site, person, reply }, fields);
  }

  @Get(':key/revoke')
  @Administering()
  askBeforeRevocation(
    @Param('site', SitePipe) site: KnownSite,
    @Param('key', IdPipe) key: ApiKeyId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.keys.askBeforeRevocation({ site, person, reply }, key);
  }

  @Post(':key/revoke')
  @Administering()
  @HttpCode(303)
  revoke(
    @Param('site', SitePipe) site: KnownSite,
    @Param('key', IdPipe) key: ApiKeyId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.keys.revoke({ site, person, reply }, key);
  }
}
