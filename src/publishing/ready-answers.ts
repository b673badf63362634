import { LRUCache } from 'lru-cache';
import { articleDigest, type Changes } from '../platform/database/changes.js';
import type { SiteId } from '../platform/ids.js';
import type { ReadyAnswer } from './ready-answer.js';

/** With news from the database an answer lives until news comes, but articles also close by the passing of time. */
const LIFE_MS = 60_000;
/** Without it, silence means nothing: what is not published any more must be gone within 5 s. */
const BLIND_LIFE_MS = 2_000;
/** What an entry costs besides its bytes and its key, roughly. */
const ENTRY_BYTES = 1_024;
/** Of its bytes, what its packed form may come to; it is made only when somebody takes it. */
const PACKED_SHARE = 0.25;

/** Stands where an article's digest would: any change of an article changes what tells of the whole site. */
const WHOLE_SITE = '*';

/** Whom an answer tells of: an article by its key, or with null the whole site. */
export interface Subject {
  readonly site: SiteId;
  readonly article: string | null;
}

export type News = Pick<Changes, 'isLive' | 'onCommentsChanged' | 'onSitesChanged' | 'onGap'>;

interface Kept {
  readonly answer: ReadyAnswer;
  readonly tags: readonly string[];
  /** When its load began: what it says is not older. */
  readonly asOf: number;
}

interface Loading {
  readonly tags: readonly string[];
  readonly asOf: number;
  readonly answer: Promise<ReadyAnswer>;
}

/**
 * The answers this process has ready, bounded by their bytes, forgotten when news says that they changed. Readers who
 * miss the same answer at the same time share one load. News also disowns the loads under way: what was read before a
 * change is never remembered after it, and who asks after the change starts a load of their own.
 */
export class ReadyAnswers {
  readonly #kept: LRUCache<string, Kept>;
  readonly #keysByTag = new Map<string, Set<string>>();
  readonly #loading = new Map<string, Loading>();

  constructor(
    mostBytes: number,
    private readonly news: News,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.#kept = new LRUCache({
      maxSize: mostBytes,
      sizeCalculation: ({ answer }, key) =>
        Math.ceil((1 + PACKED_SHARE) * answer.body.length) + 2 * key.length + ENTRY_BYTES,
      dispose: ({ tags }, key) => {
        this.#dropFromIndex(key, tags);
      },
    });
    news.onCommentsChanged(({ site, articles }) => {
      this.#forgetArticles(site, articles);
    }, 'at-once');
    news.onSitesChanged(() => {
      this.#forgetAll();
    });
    news.onGap(() => {
      this.#forgetAll();
    });
  }

  get(key: string): ReadyAnswer | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    const lifeMs = this.news.isLive ? LIFE_MS : BLIND_LIFE_MS;
    return this.nowMs() - kept.asOf < lifeMs ? kept.answer : undefined;
  }

  /** The answer of a load under way, or of one begun now. `make` reads all it needs after it is called. */
  load(key: string, subject: Subject, make: () => Promise<ReadyAnswer>): Promise<ReadyAnswer> {
    const underWay = this.#loading.get(key);
    if (underWay) return underWay.answer;
    const loading: Loading = { tags: tagsOf(subject), asOf: this.nowMs(), answer: make() };
    this.#loading.set(key, loading);
    loading.answer.then(
      (answer) => {
        this.#settle(key, loading, answer);
      },
      () => {
        this.#settle(key, loading, null);
      },
    );
    return loading.answer;
  }

  /** Bytes held now, at most those given. */
  get bytes(): number {
    return this.#kept.calculatedSize;
  }

  #settle(key: string, loading: Loading, answer: ReadyAnswer | null): void {
    if (this.#loading.get(key) !== loading) return;
    this.#loading.delete(key);
    if (!answer?.isLasting) return;
    const { tags, asOf } = loading;
    this.#kept.set(key, { answer, tags, asOf });
    // An answer larger than the whole cache is not taken, and must leave no trace in the index either.
    if (this.#kept.has(key)) this.#addToIndex(key, tags);
  }

  #addToIndex(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.#keysByTag.get(tag);
      if (keys) keys.add(key);
      else this.#keysByTag.set(tag, new Set([key]));
    }
  }

  #dropFromIndex(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.#keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysByTag.delete(tag);
    }
  }

  #forgetArticles(site: SiteId, articles: readonly string[] | null): void {
    if (articles === null) this.#forget(site);
    else if (articles.length > 0) for (const digest of [WHOLE_SITE, ...articles]) this.#forget(`${site} ${digest}`);
  }

  #forget(tag: string): void {
    for (const key of this.#keysByTag.get(tag) ?? []) this.#kept.delete(key);
    for (const [key, { tags }] of this.#loading) if (tags.includes(tag)) this.#loading.delete(key);
  }

  #forgetAll(): void {
    this.#kept.clear();
    this.#loading.clear();
  }
}

/** The names under which news finds an answer again. */
function tagsOf({ site, article }: Subject): readonly string[] {
  return [site, `${site} ${article === null ? WHOLE_SITE : articleDigest(article)}`];
}
