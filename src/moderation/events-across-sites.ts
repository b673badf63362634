import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../accounts/caller.js';
import { Changes, type CommentsChange } from '../platform/database/changes.js';
import { beginEventStream, keepAlive, RESET, type EventStream } from '../platform/http/event-stream.js';
import type { RawQuery } from '../platform/http/query.js';
import type { SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { SiteDirectory } from '../sites/site-directory.js';
import { ModeratedSites, type Reach } from './moderated-sites.js';
import { describeClaim, kindOfMove } from './queue-events.js';

const MOST_STREAMS = 1_000;

interface Stream {
  readonly reach: Reach;
  readonly raw: EventStream;
}

/**
 * Server-sent events of all the sites somebody moderates; each names its site. There is no one order over sites to go
 * on from, so nothing is replayed: who comes back is told to load the list anew.
 */
@Injectable()
export class EventsAcrossSites implements OnModuleDestroy {
  readonly #streams = new Set<Stream>();
  /** News wait for the key of their site, one after the other, so that their order stays. */
  #telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly moderated: ModeratedSites,
    private readonly sites: SiteDirectory,
    changes: Changes,
  ) {
    changes.onCommentsChanged((change) => {
      this.#tellInTurn(change.site, (key) => describeMoves(change, key));
    });
    changes.onClaimed((news) => {
      this.#tellInTurn(news.site, (key) => describeClaim(news, key));
    });
    changes.onGap(() => {
      for (const { raw } of this.#streams) raw.write(RESET);
    });
  }

  /** @throws Problem `unavailable`, `site-not-found` */
  async stream(caller: Caller, query: RawQuery, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const reach = await this.moderated.reach(caller, query);
    if (this.#streams.size >= MOST_STREAMS) throw new Problem('unavailable');
    const raw = beginEventStream(request, reply);
    if (!raw) return;
    const stream = { reach, raw };
    this.#streams.add(stream);
    keepAlive(raw, () => this.#streams.delete(stream));
    if (request.headers['last-event-id'] !== undefined) raw.write(RESET);
  }

  onModuleDestroy(): void {
    for (const { raw } of this.#streams) raw.end();
  }

  #tellInTurn(site: SiteId, describe: (siteKey: string) => string): void {
    if (this.#streams.size > 0) this.#telling = this.#telling.then(() => this.#tell(site, describe));
  }

  async #tell(site: SiteId, describe: (siteKey: string) => string): Promise<void> {
    const listening = [...this.#streams].filter(({ reach }) => reach === 'all' || reach.has(site));
    if (listening.length === 0) return;
    const key = await this.#keyOf(site, listening);
    const text = key === null ? RESET : describe(key);
    for (const { raw } of listening) if (!raw.writableEnded) raw.write(text);
  }

  /** Null when it cannot be found out: the site is gone, or the database does not answer. */
  async #keyOf(site: SiteId, listening: readonly Stream[]): Promise<string | null> {
    for (const { reach } of listening) {
      const key = reach === 'all' ? undefined : reach.get(site);
      if (key !== undefined) return key;
    }
    const known = await this.sites.byId(site).catch(() => null);
    return known?.key ?? null;
  }
}

function describeMoves({ moves }: CommentsChange, site: string): string {
  return moves
    .map((move) => {
      const { id, from, to: status, version } = move;
      return `id: ${id}/${version}\nevent: ${kindOfMove(move)}\ndata: ${JSON.stringify({ site, id, from, status, version })}\n\n`;
    })
    .join('');
}
