import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Changes, type ClaimNews, type MoveNews } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import { beginEventStream, keepAlive, RESET, type EventStream } from '../platform/http/event-stream.js';
import { Problem } from '../platform/problem/problem.js';
import type { KnownSite } from '../sites/site-directory.js';

const MOST_STREAMS = 1_000;
const MOST_REPLAYED = 1_000;

interface Stream {
  readonly site: KnownSite['id'];
  readonly raw: EventStream;
  /** What happened while the past is looked up; null once the stream is up to date. */
  held: MoveNews[] | null;
  /** The `seq` told last: news that come twice are told once. */
  newest: number;
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
      for (const stream of this.#streams) if (stream.site === site) tell(stream, moves);
    });
    changes.onClaimed((news) => {
      for (const stream of this.#streams) if (stream.site === news.site) stream.raw.write(describeClaim(news));
    });
    changes.onGap(() => {
      for (const { raw } of this.#streams) raw.write(RESET);
    });
  }

  /** Listens first and looks back then, so that nothing falls between the two. */
  async stream(site: KnownSite, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.#streams.size >= MOST_STREAMS) throw new Problem('unavailable');
    const raw = beginEventStream(request, reply);
    if (!raw) return;
    const stream = this.#open(site, raw);
    await this.#catchUp(stream, request.headers['last-event-id']);
  }

  onModuleDestroy(): void {
    for (const { raw } of this.#streams) raw.end();
  }

  #open(site: KnownSite, raw: EventStream): Stream {
    const stream: Stream = { site: site.id, raw, held: [], newest: 0 };
    this.#streams.add(stream);
    keepAlive(raw, () => this.#streams.delete(stream));
    return stream;
  }

  async #catchUp(stream: Stream, last: string | string[] | undefined): Promise<void> {
    const isResuming = typeof last === 'string' && /^\d{1,18}$/.test(last);
    const missed = isResuming ? await this.#since(stream.site, last).catch(() => null) : [];
    const held = stream.held ?? [];
    stream.held = null;
    // Too much missed, or the look-up failed: the client had better load its list anew.
    if (!missed || missed.length >= MOST_REPLAYED) stream.raw.write(RESET);
    if (missed && missed.length < MOST_REPLAYED) tell(stream, missed);
    tell(stream, held);
  }

  #since(site: KnownSite['id'], seq: string): Promise<MoveNews[]> {
    return this.database.inSite(site, (manager) =>
      manager.query(
        `select comment_id as id, from_status as "from", to_status as "to", version, seq::float8 as seq from comment_event
          where site_id = $1 and seq > $2 order by seq limit ${MOST_REPLAYED}`,
        [site, seq],
      ),
    );
  }
}

function tell(stream: Stream, moves: readonly MoveNews[]): void {
  if (stream.held) {
    stream.held.push(...moves);
    return;
  }
  // A purge stands where the order is, without a place of its own; a report has none at all.
  const fresh = moves.filter(({ seq, to }) => seq > stream.newest || to === 'purged' || seq === 0);
  stream.newest = Math.max(stream.newest, ...fresh.map(({ seq }) => seq));
  if (fresh.length > 0) stream.raw.write(fresh.map(describeMove).join(''));
}

/** What a move means to who looks at the queue. */
export function kindOfMove({ from, to }: MoveNews): 'entered' | 'left' | 'changed' {
  if (from === to) return 'changed';
  return to === 'pending' ? 'entered' : from === 'pending' ? 'left' : 'changed';
}

/** It is news of this moment, and no event of the record: without an id nobody is given it again. */
export function describeClaim({ id, by, until }: ClaimNews, siteKey?: string): string {
  const place = siteKey === undefined ? {} : { site: siteKey };
  return `event: claimed\ndata: ${JSON.stringify({ ...place, id, by, until })}\n\n`;
}

/** What has no `seq` of its own gives no id: a browser would come back with it and get the whole past again. */
function describeMove(move: MoveNews): string {
  const { id, from, to, version, seq } = move;
  const place = seq > 0 ? `id: ${seq}\n` : '';
  return `${place}event: ${kindOfMove(move)}\ndata: ${JSON.stringify({ id, from, status: to, version })}\n\n`;
}
