import { COMMENT_STATUSES, type CommentStatus } from '../../comments/comment-status.js';
import type { CommentDetailView } from '../../moderation/comment-detail.js';
import type { QueuePage } from '../../moderation/moderation-queue.js';
import type { SummaryView } from '../../moderation/summary.js';
import type { Wait } from './patience.js';
import type { Acknowledged } from './send-comments.js';
import type { ServiceClient } from './service-client.js';
import { readFrom, type Verdicts } from './verdicts.js';

const PAGE = 100;
/** Clocks of processes that share the work may differ so much. */
const CLOCK_MARGIN_MS = 60_000;

/**
 * Verdicts from the moderators' lists of the run's articles, a page at a time: one request for a hundred comments where
 * reading each alone would be a hundred. Needs the scope moderation:read.
 */
export class ModerationVerdicts implements Verdicts {
  readonly source = 'moderation';
  readonly #idsByArticle = new Map<string, Set<string>>();
  readonly #earliestMs: number;

  constructor(
    private readonly service: ServiceClient,
    private readonly site: string,
    private readonly wait: Wait,
    private readonly acknowledged: readonly Acknowledged[],
  ) {
    let earliestMs = Infinity;
    for (const { submission, id } of acknowledged) {
      const ids = this.#idsByArticle.get(submission.article) ?? new Set();
      this.#idsByArticle.set(submission.article, ids.add(id));
      earliestMs = Math.min(earliestMs, madeAtMs(id));
    }
    this.#earliestMs = earliestMs - CLOCK_MARGIN_MS;
  }

  /** The site's count says how far it is; only the article's list says whether what waits there is ours. */
  async poll(): Promise<number> {
    const total = this.acknowledged.length;
    const { counts } = await this.#get<SummaryView>(`/moderation/summary`);
    if (counts.received === 0) return total;
    let waiting = 0;
    for (const [article, ids] of this.#idsByArticle) waiting += await this.#countWaiting(article, ids);
    return total - Math.min(waiting, counts.received);
  }

  async read(): Promise<ReadonlyMap<string, CommentStatus>> {
    const found = new Map<string, CommentStatus>();
    for (const [article, ids] of this.#idsByArticle) {
      for (const status of COMMENT_STATUSES) await this.#collect(article, status, ids, found);
    }
    // What moved from one list to another between two pages was on neither.
    for (const { id } of this.acknowledged.filter((one) => !found.has(one.id))) {
      found.set(id, (await this.#get<CommentDetailView>(`/moderation/comments/${id}`)).status);
    }
    return found;
  }

  /** Exact as soon as one page holds all that wait; before that, as many as there can be. */
  async #countWaiting(article: string, ids: ReadonlySet<string>): Promise<number> {
    let cursor: string | null = null;
    do {
      const { items, nextCursor } = await this.#page(article, 'received', 'oldest', cursor);
      const own = items.filter(({ id }) => ids.has(id)).length;
      if (own > 0) return nextCursor === null ? own : ids.size;
      cursor = nextCursor;
    } while (cursor !== null);
    return 0;
  }

  /** Newest first, back to the beginning of the run: an article may hold a million comments of earlier runs. */
  async #collect(
    article: string,
    status: CommentStatus,
    ids: ReadonlySet<string>,
    found: Map<string, CommentStatus>,
  ): Promise<void> {
    let cursor: string | null = null;
    do {
      const { items, nextCursor } = await this.#page(article, status, 'newest', cursor);
      for (const { id } of items) if (ids.has(id)) found.set(id, status);
      const last = items.at(-1);
      if (!last || madeAtMs(last.id) < this.#earliestMs) return;
      cursor = nextCursor;
    } while (cursor !== null);
  }

  #page(article: string, status: CommentStatus, sort: string, cursor: string | null): Promise<QueuePage> {
    const query = new URLSearchParams({ status, sort, limit: `${PAGE}`, ...(cursor !== null && { cursor }) });
    return this.#get(`/articles/${encodeURIComponent(article)}/moderation/comments?${query.toString()}`);
  }

  #get<Body>(path: string): Promise<Body> {
    return readFrom<Body>(this.service, `/v1/sites/${encodeURIComponent(this.site)}${path}`, this.wait);
  }
}

/** The first 48 bits of a UUIDv7 are its time (RFC 9562, section 5.7). */
function madeAtMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
