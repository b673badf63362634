import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/http/access.js';
import type { RawQuery } from '../../platform/http/query.js';
import { DemoPage } from './demo-page.js';

@Controller('demo')
export class DemoController {
  constructor(private readonly page: DemoPage) {}

  @Get()
  @Public()
  read(@Query() query: RawQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.page.write(query, reply);
  }
}
