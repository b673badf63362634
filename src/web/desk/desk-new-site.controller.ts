import { Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { OperatorOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { DeskNewSite } from './desk-new-site.js';

@Controller('desk/new-site')
export class DeskNewSiteController {
  constructor(private readonly newSite: DeskNewSite) {}

  @Get()
  @OperatorOnly()
  read(@CurrentPerson() person: Person, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.newSite.write({ person, reply });
  }

  @Post()
  @OperatorOnly()
  make(
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.newSite.make({ person, reply }, fields);
  }
}
