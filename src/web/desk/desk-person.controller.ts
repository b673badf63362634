import { Controller, Get, HttpCode, Param, Post, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { CommentId } from '../../platform/ids.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskPerson } from './desk-person.js';

const Administering = (): MethodDecorator => MemberOnly('owner', 'site:admin');

@Controller('desk/sites/:site/comments/:id/person')
export class DeskPersonController {
  constructor(private readonly pages: DeskPerson) {}

  @Get()
  @Administering()
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.pages.write({ site, id, person, reply });
  }

  @Post('export')
  @Administering()
  @HttpCode(200)
  export(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.pages.export({ site, id, person, reply }, fields);
  }

  @Post('erase')
  @Administering()
  @HttpCode(200)
  erase(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.pages.erase({ site, id, person, reply }, fields);
  }
}
