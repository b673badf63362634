import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '../http/access.js';
import { Readiness, type ReadinessView } from './readiness.js';

@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process answers. */
  @Get('live')
  @Public()
  @Header('cache-control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** It can take a comment: 503 while the database does not answer. The queue may be away; comments are kept. */
  @Get('ready')
  @Public()
  @Header('cache-control', 'no-store')
  ready(): Promise<ReadinessView> {
    return this.readiness.check();
  }
}
