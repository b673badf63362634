import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '../http/access.js';
import { HealthReport, type HealthView } from './health-report.js';

@Controller('health')
export class HealthController {
  constructor(private readonly report: HealthReport) {}

  /** 503 only when nothing but a restart helps. */
  @Get('live')
  @Public({ readsOwnToken: true })
  @Header('cache-control', 'no-store')
  live(): HealthView {
    return this.report.live();
  }

  /** 503 while it should get no requests. */
  @Get('ready')
  @Public({ readsOwnToken: true })
  @Header('cache-control', 'no-store')
  ready(): Promise<HealthView> {
    return this.report.ready();
  }
}
