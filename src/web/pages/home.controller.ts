import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/http/access.js';
import { FrontDoor } from './front-door.js';

@Controller()
export class HomeController {
  constructor(private readonly door: FrontDoor) {}

  @Get()
  @Public()
  @Header('cache-control', 'no-store')
  open(@Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.door.open(reply);
  }
}
