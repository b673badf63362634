import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../../support/wait-until.js';
import { unlikeOthers } from '../../support/test-site.js';
import { RATE } from './rounds.js';
import { percentile, type Entry, type History } from './history.js';

/** In every address that a reader gives; no public byte may hold it. */
export const CANARY = 'canary-of-the-faults.org';
const ARTICLES = 5;
/** Later than every promise: a request that takes as long hangs. */
const GIVE_UP_MS = 25_000;
const TICK_MS = 10;
/** Open requests at most: a machine that cannot follow is not to be buried by its own test. */
const MOST_OPEN = 400;

export interface LoadOptions {
  /** Asked each time, because a process that starts again has another address. */
  readonly urls: () => readonly string[];
  readonly apiKey: string;
  readonly history: History;
  readonly site?: string;
  readonly perSecond?: number;
  /** The same texts every time a row is repeated would be copies of one comment. */
  readonly from?: number;
}

/**
 * Submits so many comments a second, whether the earlier ones were answered or not, each under a key of its own; and a
 * time is counted from the moment when a comment should have been sent. So a service that stalls looks as slow as it is.
 */
export class OpenLoop {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2_000 });
  readonly #open = new Set<Promise<unknown>>();
  readonly #keys = new Map<number, string>();
  readonly #timer: NodeJS.Timeout;
  readonly #startedAt = performance.now();
  readonly #from: number;
  #next: number;
  /** So many entries the history had before it. */
  readonly begun: number;
  /** While it may not send, nothing is due. */
  #heldUntil = 0;

  constructor(private readonly options: LoadOptions) {
    const { perSecond = RATE, from = 0 } = options;
    this.#next = this.#from = from;
    this.begun = options.history.entries.length;
    this.#timer = setInterval(() => {
      const dueUntil = this.#from + ((performance.now() - this.#startedAt) * perSecond) / 1000;
      while (this.#next < dueUntil && this.#open.size < MOST_OPEN) this.#begin(this.#next++, perSecond);
      if (this.#open.size >= MOST_OPEN) this.#heldUntil = performance.now();
    }, TICK_MS);
  }

  get sent(): number {
    return this.#next - this.#from;
  }

  /** The number that the next row may begin with. */
  get next(): number {
    return this.#next;
  }

  /** Each outcome, how often. */
  get summary(): string {
    const counts = new Map<string, number>();
    for (const entry of this.options.history.entries) {
      if (entry.n < this.#from) continue;
      const outcome = entry.what === 'failed' ? `${entry.status}` : entry.what === 'unknown' ? entry.why : entry.what;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  }

  of<What extends Entry['what']>(what: What): (Entry & { what: What })[] {
    const isMine = (entry: Entry): entry is Entry & { what: What } => entry.what === what && entry.n >= this.#from;
    return this.options.history.entries.filter(isMine);
  }

  /** Of all that were answered or not since `since` entries. */
  p99(since = 0): number {
    return Math.round(
      percentile(
        this.options.history.entries.slice(since).flatMap(({ ms }) => ms ?? []),
        99,
      ),
    );
  }

  async moreAcknowledged(count: number, withinMs = 30_000): Promise<void> {
    const before = this.of('ok').length;
    await waitUntil(() => this.of('ok').length >= before + count, `${count} more are acknowledged`, withinMs);
  }

  /** So many submissions of one comment under one key at once. */
  async storm(size: number): Promise<void> {
    const n = this.#next++;
    await Promise.all(Array.from({ length: size }, () => this.#send(n, performance.now())));
  }

  /** Sends so many of the first again that were taken, each under its key; the judge holds the answers to the first ones. */
  async repeat(count: number): Promise<void> {
    const first = this.of('ok').slice(0, count);
    for (const { n } of first) {
      const outcome = await this.#send(n, performance.now());
      if (outcome !== 'ok') throw new Error(`Number ${n} was taken, and again it was not: ${outcome}.`);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    while (this.#open.size > 0) await Promise.all(this.#open);
  }

  /** Sends again under the same key what got no answer or a refusal, and some that were answered, until all are taken. */
  async settle(withinMs = 30_000): Promise<void> {
    const taken = new Set(this.of('ok').map(({ n }) => n));
    const missing = [...this.#keys.keys()].filter((n) => !taken.has(n));
    const sample = [...taken].slice(-20);
    const deadline = performance.now() + withinMs;
    const again = async (n: number): Promise<void> => {
      while (performance.now() < deadline) {
        if ((await this.#send(n, performance.now())) === 'ok') return;
        // A refusal comes at once; asked again as fast, it would be the load.
        await delay(100);
      }
      const last = JSON.stringify(this.options.history.entries.findLast((entry) => entry.n === n && entry.ms));
      throw new Error(`Number ${n} was not taken within ${withinMs} ms; the last answer: ${last}`);
    };
    const waiting = [...missing, ...sample];
    const worker = async (): Promise<void> => {
      for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) await again(n);
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    this.#agent.destroy();
  }

  #begin(n: number, perSecond: number): void {
    const dueAt = Math.max(this.#startedAt + ((n - this.#from) * 1000) / perSecond, this.#heldUntil);
    const sending = this.#send(n, dueAt).finally(() => this.#open.delete(sending));
    this.#open.add(sending);
  }

  async #send(n: number, dueAt: number): Promise<Entry['what']> {
    const { urls, history, apiKey, site = 'demo' } = this.options;
    const key = this.#keys.get(n) ?? randomUUID();
    this.#keys.set(n, key);
    history.add({ n, key, what: 'sent' });
    const all = urls();
    const url = `${all[n % all.length]}/v1/sites/${site}/articles/article-${n % ARTICLES}/comments`;
    const author = { name: 'Reader', email: `reader-${n}@${CANARY}` };
    const ms = (): number => Math.round(performance.now() - dueAt);
    try {
      const answer = await this.#post(
        url,
        { authorization: `Bearer ${apiKey}`, 'idempotency-key': key },
        { author, body: unlikeOthers(n) },
      );
      const taken = answer.status === 202 ? (JSON.parse(answer.text) as { id: string }) : null;
      if (taken) history.add({ n, key, ms: ms(), what: 'ok', id: taken.id });
      else history.add({ n, key, ms: ms(), what: 'failed', status: answer.status, retryAfter: answer.retryAfter });
      return taken ? 'ok' : 'failed';
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      history.add({ n, key, ms: ms(), what: 'unknown', why: code ?? message });
      return 'unknown';
    }
  }

  async #post(url: string, headers: Record<string, string>, body: object): Promise<Reply> {
    const signal = AbortSignal.timeout(GIVE_UP_MS);
    const sent = request(url, {
      method: 'POST',
      agent: this.#agent,
      headers: { 'content-type': 'application/json', ...headers },
      signal,
    });
    sent.end(JSON.stringify(body));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null, text };
  }
}

interface Reply {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}
