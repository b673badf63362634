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
  page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.description.sendPage(request, reply);
  }

  @Get('docs/style.css')
  @Public()
  style(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.description.sendStyle(request, reply);
  }
}
