import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, SignedIn } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import type { RawQuery } from '../../platform/http/query.js';
import { DemoPage } from './demo-page.js';

@Controller('demo')
export class DemoController {
  constructor(private readonly page: DemoPage) {}

  @Get()
  @Public()
  read(
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.page.write(query, request, reply);
  }

  /** The form of the playground; who may not use it gets the page without it. */
  @Post()
  @SignedIn()
  @HttpCode(200)
  tryText(
    @FormFields() { text = '' }: FieldsOfForm,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.page.write({}, request, reply, text);
  }
}
