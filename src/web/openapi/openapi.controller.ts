import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/access.js';
import { ApiDescription } from './api-description.js';

@Controller()
export class OpenapiController {
  constructor(private readonly description: ApiDescription) {}

  @Get('openapi.json')
  @Public()
  document(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.description.sendDocument(request, reply);
  }

  @Get('docs')
  @Public()
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    return this.description.writePage(reply);
  }
}
