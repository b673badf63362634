import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Changes, type MoveNews } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';

const HEARTBEAT_MS = 15_000;
/** A stream ends after this long; the browser comes back by itself and is asked who it is again. */
const LIFE_MS = 10 * 60_000;
const MOST_STREAMS = 1_000;
const MOST_REPLAYED = 1_000;

interface Stream {
  readonly site: KnownSite['id'];
  readonly write: (text: string) => void;
  readonly end: () => void;
}

/**
 * Server-sent events: what entered, left or changed in a site's queue, in the order of commits. The event id is the
 * site's `seq`; a client that comes back with `Last-Event-ID` gets what it missed.
 */
@Injectable()
export class QueueEvents implements OnModuleDestroy {
  readonly #streams = new Set<Stream>();

  constructor(
    private readonly database: Database,
    changes: Changes,
  ) {
    changes.onCommentsChanged(({ site, moves }) => {
      const text = moves.map(describeMove).join('');
      for (const stream of this.#streams) if (stream.site === site) stream.write(text);
    });
    changes.onGap(() => {
      for (const stream of this.#streams) stream.write('event: reset\ndata: {}\n\n');
    });
  }

  async stream(site: KnownSite, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.#streams.size >= MOST_STREAMS) throw new Problem('unavailable');
    const last = request.headers['last-event-id'];
    const missed = typeof last === 'string' && /^\d{1,18}$/.test(last) ? await this.#since(site, last) : [];
    const { raw } = reply.hijack();
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-request-id': request.id,
    });
    raw.write(`retry: 2000\n\n${missed.map(describeMove).join('')}`);
    this.#open(site, raw);
  }

  onModuleDestroy(): void {
    for (const { end } of this.#streams) end();
  }

  #open(site: KnownSite, raw: FastifyReply['raw']): void {
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    const life = setTimeout(() => raw.end(), LIFE_MS);
    const stream: Stream = { site: site.id, write: (text) => raw.write(text), end: () => raw.end() };
    this.#streams.add(stream);
    raw.on('close', () => {
      clearInterval(heartbeat);
      clearTimeout(life);
      this.#streams.delete(stream);
    });
  }

  #since(site: KnownSite, seq: string): Promise<MoveNews[]> {
    return this.database.inSite(site.id, (manager) =>
      manager.query(
        `select comment_id as id, from_status as "from", to_status as "to", version, seq from comment_event
          where site_id = $1 and seq > $2 order by seq limit ${MOST_REPLAYED}`,
        [site.id, seq],
      ),
    );
  }
}

function describeMove({ id, from, to, version, seq }: MoveNews): string {
  const event = to === 'pending' ? 'entered' : from === 'pending' ? 'left' : 'changed';
  return `id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify({ id, from, status: to, version })}\n\n`;
}
