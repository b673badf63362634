import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../platform/http/access.js';
import { ReadingDesk } from './reading-desk.js';

/** What is published under one article. */
@Controller('v1/sites/:site/articles/:article')
export class ThreadController {
  constructor(private readonly desk: ReadingDesk) {}

  @Get('comments')
  @Public()
  readThread(
    @Param('site') siteKey: string,
    @Param('article') article: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.desk.thread({ siteKey, request, reply }, article);
  }

  @Get('feed.json')
  @Public()
  readJsonFeed(
    @Param('site') siteKey: string,
    @Param('article') article: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.desk.articleFeed({ siteKey, request, reply }, article, 'feed.json');
  }

  @Get('feed.atom')
  @Public()
  readAtom(
    @Param('site') siteKey: string,
    @Param('article') article: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.desk.articleFeed({ siteKey, request, reply }, article, 'feed.atom');
  }

  @Get('feed.rss')
  @Public()
  readRss(
    @Param('site') siteKey: string,
    @Param('article') article: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.desk.articleFeed({ siteKey, request, reply }, article, 'feed.rss');
  }

  @Get('feed.html')
  @Public()
  readHtml(
    @Param('site') siteKey: string,
    @Param('article') article: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.desk.articleFeed({ siteKey, request, reply }, article, 'feed.html');
  }
}
