import { EventEmitter } from 'node:events';
import pg from 'pg';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const OPEN_WITHIN_MS = 6_000;
const BEAT_EVERY_MS = 1_500;
const BEAT_WITHIN_MS = 1_000;

interface ListenerEvents {
  notification: [channel: string, payload: string];
  /** Listening again after a gap: what was said in between is unknown, so every cache must be emptied. */
  subscribed: [];
}

/**
 * LISTEN on a connection of its own, never a pooled one. It beats: a connection that does not answer within a second
 * is thrown away, and until the next one listens `isLive` is false, so that caches do not trust their silence.
 */
export class Listener extends EventEmitter<ListenerEvents> {
  #client: pg.Client | null = null;
  #isLive = false;
  #isClosed = false;
  #pauseMs = FIRST_PAUSE_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly channels: readonly string[],
  ) {
    super();
  }

  get isLive(): boolean {
    return this.#isLive;
  }

  /** Resolves after the first attempt, successful or not; it goes on trying by itself. */
  async open(): Promise<void> {
    if (this.#isClosed) return;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'winnow-listener',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    const lost = (): void => {
      this.#lose(client);
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ channel, payload }) => this.emit('notification', channel, payload ?? ''));
    this.#client = client;
    // For a connection that falls silent before it listens; the client's own deadline ends with the handshake.
    const overdue = setTimeout(lost, OPEN_WITHIN_MS);
    try {
      await client.connect();
      for (const channel of this.channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch {
      lost();
      return;
    } finally {
      clearTimeout(overdue);
    }
    if (this.#client !== client) return;
    this.#isLive = true;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.emit('subscribed');
    this.#scheduleBeat(client);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    this.#isLive = false;
    await client?.end().catch(() => undefined);
  }

  #scheduleBeat(client: pg.Client): void {
    this.#timer = setTimeout(() => {
      void this.#beat(client);
    }, BEAT_EVERY_MS);
    this.#timer.unref();
  }

  async #beat(client: pg.Client): Promise<void> {
    const overdue = setTimeout(() => {
      this.#lose(client);
    }, BEAT_WITHIN_MS);
    try {
      await client.query('select 1');
      if (this.#client === client) this.#scheduleBeat(client);
    } catch {
      this.#lose(client);
    } finally {
      clearTimeout(overdue);
    }
  }

  #lose(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    this.#isLive = false;
    clearTimeout(this.#timer);
    void client.end().catch(() => undefined);
    this.#timer = setTimeout(() => {
      void this.open();
    }, this.#pauseMs);
    this.#timer.unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
