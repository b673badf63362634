import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/http/access.js';
import { ReadingDesk } from './reading-desk.js';

/** What is published on a whole site. */
@Controller('v1/sites/:site')
export class SiteFeedController {
  constructor(private readonly desk: ReadingDesk) {}

  @Get('feed.json')
  @Public()
  readJsonFeed(
    @Param('site') siteKey: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.desk.siteFeed({ siteKey, request, reply }, 'feed.json');
  }

  @Get('feed.atom')
  @Public()
  readAtom(@Param('site') siteKey: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.siteFeed({ siteKey, request, reply }, 'feed.atom');
  }

  @Get('feed.rss')
  @Public()
  readRss(@Param('site') siteKey: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.siteFeed({ siteKey, request, reply }, 'feed.rss');
  }

  @Get('counts')
  @Public()
  readCounts(
    @Param('site') siteKey: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.desk.counts({ siteKey, request, reply });
  }
}
