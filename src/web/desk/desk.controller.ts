import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly, Public, SignedIn } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskDoor } from './desk-door.js';
import { DeskHome } from './desk-home.js';
import { DeskQueue } from './desk-queue.js';
import { DeskSites } from './desk-sites.js';
import { EmbedGuide } from './embed-guide.js';

@Controller('desk')
export class DeskController {
  constructor(
    private readonly home: DeskHome,
    private readonly door: DeskDoor,
    private readonly queue: DeskQueue,
    private readonly embed: EmbedGuide,
    private readonly sites: DeskSites,
  ) {}

  @Get()
  @Public()
  open(
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.home.open(query, request, reply);
  }

  @Post('session')
  @Public()
  signIn(
    @FormFields() fields: FieldsOfForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    return this.door.enter(fields, request, reply);
  }

  @Post('sign-out')
  @SignedIn()
  signOut(@CurrentPerson() person: Person, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.door.leave(person, reply);
  }

  @Get('sites')
  @SignedIn()
  listSites(
    @CurrentPerson() person: Person,
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.sites.write(person, query, reply);
  }

  @Get('sites/:site')
  @MemberOnly('viewer', 'moderation:read')
  readQueue(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.queue.write(site, query, person, reply);
  }

  @Get('sites/:site/embed')
  @MemberOnly('owner', 'site:admin')
  readEmbed(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    return this.embed.write(site, query, person, reply);
  }

  @Get('sites/:site/embed/preview')
  @MemberOnly('owner', 'site:admin')
  previewEmbed(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    return this.embed.preview(site, query, reply);
  }
}
