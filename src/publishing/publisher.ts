import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { PublicAddress } from '../platform/http/public-address.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import type { AskedArticles } from './counts-query.js';
import { describeFeed, type FeedSource } from './describe-feed.js';
import { FEED_FILES, type FeedFile } from './feed-files.js';
import { sealPlace, type PageQuery } from './page-query.js';
import { PublishedComments, type CommentPage } from './published-comments.js';
import { JSON_TYPE, makeReadyAnswer, type ReadyAnswer } from './ready-answer.js';
import { viewThread } from './thread.view.js';

/** Makes the answers: reads what is published and puts it into the form asked for. It remembers nothing. */
@Injectable()
export class Publisher {
  constructor(
    private readonly comments: PublishedComments,
    private readonly secrets: Secrets,
    private readonly address: PublicAddress,
    private readonly clock: Clock,
  ) {}

  async thread(site: KnownSite, articleKey: string, query: PageQuery): Promise<ReadyAnswer> {
    const { article, ...page } = await this.comments.ofArticle(site.id, articleKey, query);
    const nextCursor = this.#nextCursor(site, articleKey, query, page);
    const view = viewThread(site, article ?? articleKey, page.comments, nextCursor, this.clock.now());
    return makeReadyAnswer(JSON.stringify(view), JSON_TYPE, article !== null);
  }

  async articleFeed(site: KnownSite, articleKey: string, file: FeedFile, query: PageQuery): Promise<ReadyAnswer> {
    const { article, ...page } = await this.comments.ofArticle(site.id, articleKey, query);
    const nextCursor = this.#nextCursor(site, articleKey, query, page);
    return this.#feed({ site, articleKey, article, comments: page.comments, nextCursor }, file, query);
  }

  async siteFeed(site: KnownSite, file: FeedFile, query: PageQuery): Promise<ReadyAnswer> {
    const page = await this.comments.ofSite(site.id, query);
    const nextCursor = this.#nextCursor(site, null, query, page);
    return this.#feed({ site, articleKey: null, article: null, comments: page.comments, nextCursor }, file, query);
  }

  async counts(site: KnownSite, asked: AskedArticles): Promise<ReadyAnswer> {
    const known = await this.comments.counts(site.id, [...new Set(asked.values())]);
    // fromEntries gives the object members of its own, even one named `__proto__`, which an assignment would swallow.
    const counts = Object.fromEntries([...asked].map(([name, key]) => [name, known.get(key) ?? 0]));
    const areAllKnown = [...asked.values()].every((key) => known.has(key));
    return makeReadyAnswer(JSON.stringify({ counts }), JSON_TYPE, areAllKnown);
  }

  #feed(source: FeedSource, file: FeedFile, query: PageQuery): ReadyAnswer {
    const { render, contentType } = FEED_FILES[file];
    const feed = describeFeed(source, { base: this.address.url, file, query });
    return makeReadyAnswer(render(feed), contentType, source.articleKey === null || source.article !== null);
  }

  #nextCursor(site: KnownSite, article: string | null, { sort }: PageQuery, { next }: CommentPage): string | null {
    return next && sealPlace(this.secrets, { site: site.id, article }, sort, next);
  }
}
