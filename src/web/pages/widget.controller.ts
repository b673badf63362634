import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/access.js';
import { WidgetFiles } from './widget-files.js';

@Controller()
export class WidgetController {
  constructor(private readonly files: WidgetFiles) {}

  @Get('embed.js')
  @Public()
  script(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer | null> {
    return this.files.script(request, reply);
  }

  @Get('embed/:part')
  @Public()
  part(
    @Param('part') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | null> {
    return this.files.part(name, request, reply);
  }
}
