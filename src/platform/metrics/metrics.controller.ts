import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../http/access.js';
import { MetricsDoor } from './metrics-door.js';

@Controller('metrics')
export class MetricsController {
  constructor(private readonly door: MetricsDoor) {}

  /** For Prometheus, in its text format. */
  @Get()
  @Public({ readsOwnToken: true })
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.headers({ 'content-type': this.door.contentType, 'cache-control': 'no-store' });
    return this.door.show(request.headers.authorization);
  }
}
