import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { SignedIn } from '../../platform/http/access.js';
import type { RawQuery } from '../../platform/http/query.js';
import { DeskEverywhere } from './desk-everywhere.js';

@Controller('desk/queue')
export class DeskEverywhereController {
  constructor(private readonly queue: DeskEverywhere) {}

  @Get()
  @SignedIn()
  read(
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.queue.write(query, person, reply);
  }
}
