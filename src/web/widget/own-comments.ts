// The reader's own comments under an article: their receipts, kept in the browser, and what became of each. Of what is
// published and can no longer be changed the receipt alone is kept, without the text: to delete it, and to ask no more.
import { Refusal, type ArticleService, type Receipt } from './service.js';
import { hasStrings, keep, recall } from './storage.js';

export interface OwnComment {
  readonly id: string;
  readonly receipt: string;
  readonly parentId: string | null;
  /** As typed; empty once the receipt alone is kept. */
  readonly body: string;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const MOST_KEPT = 20;

export class OwnComments {
  readonly #states = new Map<string, Receipt>();
  #kept: readonly OwnComment[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = FIRST_PAUSE_MS;

  /** @param tell called when something became of a comment; `receipt` is null when the service knows it no more */
  constructor(
    private readonly service: ArticleService,
    private readonly key: string,
    private readonly tell: (own: OwnComment, receipt: Receipt | null) => void,
  ) {
    this.#kept = recall('local', key, isList) ?? [];
  }

  get all(): readonly OwnComment[] {
    return this.#kept;
  }

  find(id: string): OwnComment | undefined {
    return this.#kept.find((own) => own.id === id);
  }

  stateOf(id: string): Receipt | undefined {
    return this.#states.get(id);
  }

  /** Keeps it, or what it was changed to, and looks at once what becomes of it. */
  put(own: OwnComment, receipt: Receipt): void {
    this.#states.set(own.id, receipt);
    this.#keepAll([...this.#kept.filter(({ id }) => id !== own.id), own].slice(-MOST_KEPT));
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#plan();
  }

  drop(id: string): void {
    this.#keepAll(this.#kept.filter((own) => own.id !== id));
  }

  async watch(): Promise<void> {
    await Promise.all(this.#open.map((own) => this.#ask(own)));
    this.#plan();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Something may become of them yet. */
  get #open(): readonly OwnComment[] {
    return this.#kept.filter(({ body }) => body);
  }

  #plan(): void {
    this.stop();
    if (!this.#open[0]) return;
    this.#timer = setTimeout(() => {
      // A page that nobody looks at asks nothing.
      if (document.hidden) this.#plan();
      else void this.watch();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 1.5, LONGEST_PAUSE_MS);
  }

  async #ask(own: OwnComment): Promise<void> {
    const before = this.#states.get(own.id);
    const receipt = await this.service.readReceipt(own.receipt).catch((error: unknown) => {
      return error instanceof Refusal && error.status === 404 ? null : undefined;
    });
    // No answer says nothing; and what was changed meanwhile is asked for anew.
    if (receipt === undefined || this.#states.get(own.id) !== before || this.find(own.id) !== own) return;
    if (receipt === null) {
      this.drop(own.id);
      this.tell(own, null);
      return;
    }
    this.#states.set(own.id, receipt);
    if (receipt.status === 'published' && !receipt.editableUntil) {
      this.#keepAll(this.#kept.map((one) => (one === own ? { ...own, body: '' } : one)));
    }
    const isNews = before?.status !== receipt.status || !before.editableUntil !== !receipt.editableUntil;
    if (isNews) this.tell(own, receipt);
  }

  #keepAll(all: readonly OwnComment[]): void {
    this.#kept = all;
    keep('local', this.key, all.length === 0 ? null : all);
  }
}

function isList(value: unknown): value is OwnComment[] {
  return Array.isArray(value) && value.every((own: unknown) => hasStrings(own, 'id', 'receipt', 'body'));
}
