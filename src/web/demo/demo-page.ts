import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommentIntake } from '../../intake/comment-intake.js';
import { PublicAddress } from '../../platform/http/public-address.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { publishAsset } from '../../platform/pages/assets.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import { writePage } from '../../platform/pages/page.js';
import { reportPath } from '../../publishing/public-links.js';
import { ReadingDesk } from '../../publishing/reading-desk.js';
import type { ThreadView } from '../../publishing/thread.view.js';
import { SiteDirectory } from '../../sites/site-directory.js';
import { renderCommentForm } from '../pages/comment-form.js';
import { ESSAY, ESSAY_TITLE } from './essay.js';
import { Playground } from './playground.js';
import { renderThread } from './thread.js';

const SITE = 'demo';
const ARTICLE = '/demo';
const COMMENTS = `/v1/sites/${SITE}/articles/${encodeURIComponent(ARTICLE)}/comments`;
const FEED = `/v1/sites/${SITE}/articles/${encodeURIComponent(ARTICLE)}/feed.atom`;
const STYLE = publishAsset(new URL('./demo.css', import.meta.url));

/**
 * A page as a site would have it, written only with what every site can use. Between the widget's tags stands what does
 * the same without a script.
 */
@Injectable()
export class DemoPage {
  constructor(
    private readonly sites: SiteDirectory,
    private readonly reading: ReadingDesk,
    private readonly intake: CommentIntake,
    private readonly address: PublicAddress,
    private readonly playground: Playground,
  ) {}

  /**
   * @param tried a text for the filter, where somebody asks what it would say
   * @throws Problem `site-not-found` where the demo was removed
   */
  async write(
    query: RawQuery,
    request: FastifyRequest,
    reply: FastifyReply,
    tried: string | null = null,
  ): Promise<string> {
    const site = await this.sites.byKey(SITE);
    const cursor = readOne(query, 'cursor');
    const thread = await this.reading.readThread(site, ARTICLE, cursor === undefined ? {} : { cursor });
    const { formToken } = await this.intake.form(site, ARTICLE);
    return writePage(reply, {
      title: ESSAY_TITLE,
      isIndexed: true,
      styles: [STYLE],
      scripts: ['/embed.js'],
      formTargets: [this.address.origin],
      bar: html`<nav aria-label="Pages"><a href="/desk">The moderators’ desk</a></nav>`,
      main: html`<article class="essay">
          <h1>${ESSAY_TITLE}</h1>
          ${ESSAY}
        </article>
        ${await this.playground.write(site, request, tried)}
        <winnow-comments
          site="${SITE}"
          article="${ARTICLE}"
          article-title="${ESSAY_TITLE}"
          article-url="${this.address.url}/demo"
        >
          ${comments(thread, cursor)} ${commentForm(thread, readOne(query, 'reply'), this.#hidden(formToken), cursor)}
        </winnow-comments>`,
    });
  }

  #hidden(formToken: string): Record<string, string> {
    return { formToken, articleUrl: `${this.address.url}/demo`, articleTitle: ESSAY_TITLE, language: 'en' };
  }
}

function comments(thread: ThreadView, cursor: string | undefined): Html {
  const { article, nextCursor } = thread;
  const count = article.commentCount;
  const isEmpty = thread.comments.length === 0;
  return html`<section class="comments" id="comments" aria-labelledby="comments-title">
    <h2 id="comments-title">${count === 0 ? 'Comments' : `${count} comment${count === 1 ? '' : 's'}`}</h2>
    ${isEmpty && cursor === undefined && html`<p class="first">Be the first to comment</p>`}
    ${renderThread(thread, {
      replyLink: article.open ? (id) => `${pageLink(cursor, id)}#comment-form` : null,
      reportLink: (id) => reportPath(SITE, ARTICLE, id),
    })}
    ${pager(cursor, nextCursor)}
    <p class="quiet"><a href="${FEED}">Follow the comments in a feed reader</a></p>
  </section>`;
}

function pager(cursor: string | undefined, next: string | null): Content {
  if (cursor === undefined && next === null) return null;
  return html`<nav class="pager" aria-label="Pages of comments">
    ${cursor !== undefined && html`<a href="/demo#comments">Back to the oldest comments</a>`}
    ${next !== null && html`<a href="${pageLink(next)}#comments" rel="next">Newer comments</a>`}
  </nav>`;
}

function pageLink(cursor: string | undefined, reply?: string): string {
  const query = new URLSearchParams({ ...(cursor !== undefined && { cursor }), ...(reply !== undefined && { reply }) });
  return query.size === 0 ? '/demo' : `/demo?${query.toString()}`;
}

function commentForm(
  { article, comments: shown }: ThreadView,
  reply: string | undefined,
  hidden: Record<string, string>,
  cursor: string | undefined,
): Html {
  const parent = shown.find(({ id }) => id === reply);
  if (!article.open) {
    return html`<section id="comment-form">
      <p class="closed">Comments are closed. Thank you to everybody who wrote.</p>
    </section>`;
  }
  return html`<section id="comment-form" aria-labelledby="form-title">
    <h2 id="form-title">${parent ? html`Reply to <bdi>${parent.author.name}</bdi>` : 'Leave a comment'}</h2>
    ${parent && html`<p class="hint"><a href="${pageLink(cursor)}#comment-form">Write a comment of your own instead</a></p>`}
    ${renderCommentForm({
      action: COMMENTS,
      typed: {},
      hidden: { ...hidden, ...(parent && { parentId: parent.id }) },
      faults: {},
      send: 'Send the comment',
    })}
    <p class="hint">A moderator reads every comment before it appears. You will see what became of yours.</p>
  </section>`;
}
