import { EventEmitter } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Changes } from '../platform/database/changes.js';
import type { Database } from '../platform/database/database.js';
import { Listener } from '../platform/database/listener.js';
import { newId, type CommentId, type SiteId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { QueueEvents } from './queue-events.js';

const site = { id: newId<SiteId>() } as KnownSite;

/** What a browser's connection is for the stream: it takes text and can go away. */
class FakeConnection extends EventEmitter {
  text = '';
  ended = false;

  writeHead(): void {
    // The headers are looked at over HTTP.
  }

  write(text: string): boolean {
    this.text += text;
    return true;
  }

  end(): void {
    this.ended = true;
    this.emit('close');
  }

  get ids(): string[] {
    return [...this.text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id ?? '');
  }
}

interface Stage {
  readonly events: QueueEvents;
  readonly listener: Listener;
  readonly connection: FakeConnection;
  stored: unknown[];
  /** Runs while the stream looks up what was missed, after the rows were read. */
  whileLooking: () => void;
  readonly open: (lastEventId?: string) => Promise<void>;
  readonly tell: (seq: number, to?: string, of?: SiteId) => void;
}

const opened: QueueEvents[] = [];

afterEach(() => {
  for (const events of opened.splice(0)) events.onModuleDestroy();
});

function setUp(): Stage {
  const listener = new Listener('postgres://nobody@127.0.0.1:1/none', []);
  const connection = new FakeConnection();
  const database = {
    inSite: async () => {
      const rows = stage.stored;
      await Promise.resolve();
      stage.whileLooking();
      return rows;
    },
  };
  const events = new QueueEvents(database as unknown as Database, new Changes(listener));
  opened.push(events);
  const reply = { getHeaders: () => ({}), hijack: () => ({ raw: connection }) } as unknown as FastifyReply;
  const stage: Stage = {
    events,
    listener,
    connection,
    stored: [],
    whileLooking: () => undefined,
    open: (last) => {
      const headers = last === undefined ? {} : { 'last-event-id': last };
      return events.stream(site, { id: 'r', headers } as unknown as FastifyRequest, reply);
    },
    tell: (seq, to = 'pending', of = site.id) => {
      const payload = JSON.stringify([of, [], [[newId<CommentId>(), 'received', to, 2, seq]]]);
      listener.emit('notification', 'winnow_comments', payload);
    },
  };
  return stage;
}

const move = (seq: number): unknown => ({ id: 'c', from: 'received', to: 'pending', version: 2, seq: String(seq) });

describe('QueueEvents', () => {
  it('tells what happens on its site and nothing of another', async () => {
    const { connection, open, tell } = setUp();
    await open();
    tell(1);
    tell(7, 'pending', newId<SiteId>());
    tell(2, 'published');
    expect(connection.ids).toEqual(['1', '2']);
  });

  it('gives who comes back what was missed, and then what happens', async () => {
    const stage = setUp();
    stage.stored = [move(5), move(6)];
    await stage.open('4');
    stage.tell(7);
    expect(stage.connection.ids).toEqual(['5', '6', '7']);
  });

  it('loses nothing that happens while it looks up what was missed', async () => {
    const stage = setUp();
    stage.stored = [move(5)];
    stage.whileLooking = () => {
      stage.tell(6);
    };
    await stage.open('4');
    stage.tell(7);
    expect(new Set(stage.connection.ids)).toEqual(new Set(['5', '6', '7']));
  });

  // Last-Event-ID is what a browser sends next; a smaller one would replay the site's whole history to it.
  it('never gives an id that leads back', async () => {
    const stage = setUp();
    await stage.open();
    stage.tell(8);
    stage.tell(0, 'purged');
    const ids = stage.connection.ids.map(Number);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it('tells who missed more than it replays to begin anew', async () => {
    const stage = setUp();
    stage.stored = Array.from({ length: 1_000 }, (_, index) => move(index + 5));
    await stage.open('4');
    expect(stage.connection.text).toContain('event: reset');
  });

  it('tells of a gap in the news', async () => {
    const { listener, connection, open } = setUp();
    await open();
    listener.emit('subscribed');
    expect(connection.text).toContain('event: reset');
  });

  it('forgets who went away', async () => {
    const { connection, open, tell } = setUp();
    await open();
    connection.emit('close');
    tell(1);
    expect(connection.ids).toEqual([]);
  });
});
