import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readArticleKey } from '../comments/article-key.js';
import type { RawQuery } from '../platform/http/query.js';
import { Secrets } from '../platform/signing/secrets.js';
import { SiteDirectory, type KnownSite } from '../sites/site-directory.js';
import { nameOfCounts, readAskedArticles } from './counts-query.js';
import type { FeedFile } from './feed-files.js';
import { nameOfPage, readPageQuery, type PageQuery } from './page-query.js';
import { Publisher } from './publisher.js';
import type { ReadyAnswer } from './ready-answer.js';
import { allowEveryOrigin } from './send-answer.js';
import { ReadyAnswers, type Subject } from './ready-answers.js';
import type { ThreadView } from './thread.view.js';
import { WarmReads } from './warm-reads.js';

/** A reader's request and where its answer goes. */
export interface Exchange {
  readonly siteKey: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Reads off the request what a reader asks for, and sends the answer that is ready, or has it made. */
@Injectable()
export class ReadingDesk {
  constructor(
    private readonly sites: SiteDirectory,
    private readonly ready: ReadyAnswers,
    private readonly publisher: Publisher,
    private readonly secrets: Secrets,
    private readonly warm: WarmReads,
  ) {}

  async thread(exchange: Exchange, articleParameter: string): Promise<void> {
    allowEveryOrigin(exchange.reply);
    const article = readArticleKey(articleParameter);
    await this.#page(exchange, article, 'thread', (site, query) => this.publisher.thread(site, article, query));
  }

  /** The thread as a value, for a page of our own; from the same memory as everybody's. */
  async readThread(site: KnownSite, article: string, raw: RawQuery): Promise<ThreadView> {
    const subject = { site: site.id, article };
    const query = readPageQuery(this.secrets, subject, raw);
    const name = nameOfPage('thread', subject, query);
    const make = async (): Promise<ReadyAnswer> =>
      this.publisher.thread(await this.sites.byKey(site.key), article, query);
    const { body } = this.ready.get(name) ?? (await this.ready.load(name, subject, make));
    return JSON.parse(body.toString()) as ThreadView;
  }

  async articleFeed(exchange: Exchange, articleParameter: string, file: FeedFile): Promise<void> {
    allowEveryOrigin(exchange.reply);
    const article = readArticleKey(articleParameter);
    await this.#page(exchange, article, file, (site, query) => this.publisher.articleFeed(site, article, file, query));
  }

  async siteFeed(exchange: Exchange, file: FeedFile): Promise<void> {
    allowEveryOrigin(exchange.reply);
    await this.#page(exchange, null, file, (site, query) => this.publisher.siteFeed(site, file, query));
  }

  async counts(exchange: Exchange): Promise<void> {
    allowEveryOrigin(exchange.reply);
    const { id } = await this.sites.byKey(exchange.siteKey);
    const asked = readAskedArticles(exchange.request.query as RawQuery);
    const subject = { site: id, article: null };
    await this.#answer(exchange, nameOfCounts(id, asked), subject, (site) => this.publisher.counts(site, asked));
  }

  async #page(
    exchange: Exchange,
    article: string | null,
    form: 'thread' | FeedFile,
    make: (site: KnownSite, query: PageQuery) => Promise<ReadyAnswer>,
  ): Promise<void> {
    const { id } = await this.sites.byKey(exchange.siteKey);
    const subject = { site: id, article };
    const sort = form === 'thread' ? undefined : 'newest';
    const query = readPageQuery(this.secrets, subject, exchange.request.query as RawQuery, sort);
    await this.#answer(exchange, nameOfPage(form, subject, query), subject, (site) => make(site, query));
  }

  /** The site is looked up once more inside the load: what it was before the load may have been changed unnoticed. */
  async #answer(
    { siteKey, request, reply }: Exchange,
    name: string,
    subject: Subject,
    make: (site: KnownSite) => Promise<ReadyAnswer>,
  ): Promise<void> {
    const ready = this.ready.get(name);
    const answer = ready ?? (await this.ready.load(name, subject, async () => make(await this.sites.byKey(siteKey))));
    this.warm.send(name, answer, request, reply, ready !== undefined);
  }
}
