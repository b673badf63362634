// What the widget asks of the service: the readers' part of the API, without cookies.
import type { Challenge } from './proof.js';

export interface PublishedComment {
  readonly id: string;
  readonly parentId: string | null;
  readonly author: { readonly name: string; readonly url: string | null; readonly verified?: true };
  readonly html: string;
  readonly publishedAt: string;
}

export interface Thread {
  readonly article: { readonly open: boolean; readonly commentCount: number };
  readonly comments: readonly PublishedComment[];
  readonly nextCursor: string | null;
}

export interface Submission {
  readonly author: { readonly name: string; readonly email: string; readonly url?: string };
  readonly body: string;
  readonly parentId?: string;
  readonly website?: string;
}

export interface Form {
  readonly formToken: string;
  readonly challenge?: Challenge;
}

export interface Accepted {
  readonly id: string;
  readonly receipt: string;
  readonly emailSuggestion?: string;
}

export type ReceiptStatus = 'received' | 'pending' | 'published' | 'declined';

export interface Receipt {
  readonly id: string;
  readonly status: ReceiptStatus;
  readonly reason?: string;
  /** Until when its author may change it; null, or absent, where they may not. */
  readonly editableUntil?: string | null;
}

export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

/** An answer that is none: what the service says against it (`problem+json`), or status 0 when no answer came. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly faults: readonly FieldFault[],
    readonly retrySeconds: number,
  ) {
    super(code);
  }
}

interface Call {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cache?: RequestCache;
}

const ANSWER_WITHIN_MS = 20_000;

/** Of one article. */
export class ArticleService {
  readonly #article: string;

  constructor(
    private readonly origin: string,
    site: string,
    article: string,
  ) {
    this.#article = `/v1/sites/${encodeURIComponent(site)}/articles/${encodeURIComponent(article)}`;
  }

  readThread(sort: string, cursor: string | null): Promise<Thread> {
    const query = new URLSearchParams({ sort, ...(cursor !== null && { cursor }) });
    return this.#ask(`${this.#article}/comments?${query.toString()}`);
  }

  readForm(): Promise<Form> {
    return this.#ask(`${this.#article}/form`);
  }

  /** Loads what solves it, which pages seldom need. */
  async solve(challenge: Challenge): Promise<string | undefined> {
    const solver = (await import(/* @vite-ignore */ `${this.origin}/embed/proof.js`)) as typeof import('./proof.js');
    return solver.solve(challenge);
  }

  submit(body: string, key: string): Promise<Accepted> {
    return this.#ask(`${this.#article}/comments`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
    });
  }

  report(id: string): Promise<unknown> {
    return this.#ask(`${this.#article}/comments/${id}/report`, { method: 'POST' });
  }

  readReceipt(receipt: string): Promise<Receipt> {
    return this.#ask(receiptPath(receipt));
  }

  edit(receipt: string, body: string): Promise<Receipt> {
    const headers = { 'content-type': 'application/json' };
    return this.#ask(receiptPath(receipt), { method: 'PATCH', body: JSON.stringify({ body }), headers });
  }

  remove(receipt: string): Promise<unknown> {
    return this.#ask(receiptPath(receipt), { method: 'DELETE' });
  }

  #ask<Answer>(path: string, call: Call = {}): Promise<Answer> {
    return ask(this.origin + path, call);
  }
}

function receiptPath(receipt: string): string {
  return `/v1/receipts/${encodeURIComponent(receipt)}`;
}

/**
 * Asks whether an answer has changed, instead of showing what is half a minute old.
 * @throws Refusal
 */
export async function ask<Answer>(url: string, call: Call = {}): Promise<Answer> {
  const asked = fetch(url, {
    cache: 'no-cache',
    ...call,
    credentials: 'omit',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const response = await asked.catch(() => {
    throw new Refusal(0, 'no-answer', [], 0);
  });
  if (!response.ok) throw await readRefusal(response);
  return (await response.json().catch(() => null)) as Answer;
}

async function readRefusal(response: Response): Promise<Refusal> {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; errors?: FieldFault[] };
  const seconds = Number(response.headers.get('retry-after')) || 0;
  return new Refusal(response.status, problem.code ?? '', problem.errors ?? [], seconds);
}
