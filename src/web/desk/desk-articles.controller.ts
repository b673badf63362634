import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskArticles } from './desk-articles.js';

@Controller('desk/sites/:site/articles')
export class DeskArticlesController {
  constructor(private readonly articles: DeskArticles) {}

  @Get()
  @MemberOnly('owner', 'site:admin')
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.articles.write({ site, person, reply }, query);
  }

  @Post()
  @MemberOnly('owner', 'site:admin')
  change(
    @Param('site', SitePipe) site: KnownSite,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.articles.change({ site, person, reply }, fields);
  }
}
