import { setTimeout as delay } from 'node:timers/promises';
import { RawConnection } from '../support/raw-connection.js';
import { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

/* Many who ask for much and read nothing of it, while others want something (slowhttptest's -X). */

const CONNECTIONS = 200;
/** On each connection, all sent at once. */
const ASKED = 50;
const COMMENTS = 60;
const COMMENT_LENGTH = 9_000;
/** Twice the silence that a connection may have. */
const CLOSED_WITHIN_MS = 50_000;
const GROWTH_MIB = 100;
const P99_MS = 500;
const GOOD_EVERY_MS = 40;
const MIB = 1024 ** 2;
/** What the systems on both ends hold of one connection differs; what is asked for is far more. */
const MUCH_MIB = 4;

let service: TestService;
let thread: string;

beforeAll(async () => {
  service = await startTestService();
  const site = await TestSite.make(await service.signIn(), service.anonymous, {
    key: 'blog',
    settings: { moderation: 'none' },
  });
  thread = site.articlePath('/a', '/comments?limit=100');
  for (let nth = 0; nth < COMMENTS; nth++) {
    const word = `a${String(nth)} `;
    await site.submit('/a', { body: word.repeat(COMMENT_LENGTH / word.length) });
  }
  await waitUntil(async () => (await site.counts()).received === 0, 'all are screened', 30_000);
  const ids = (await Promise.all(['pending', 'spam'].map((status) => site.all(`?status=${status}&limit=100`)))).flat();
  if (ids.length > 0)
    await site.moderator.post(site.path('/moderation/decisions'), { action: 'publish', ids: ids.map(({ id }) => id) });
}, 120_000);
afterAll(() => service.close());

async function metric(name: string): Promise<number> {
  const { text } = await service.anonymous.get('/metrics');
  const [, value] = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text) ?? [];
  return Number(value ?? Number.NaN);
}

const sockets = async (): Promise<number> => {
  const { text } = await service.anonymous.get('/metrics');
  return Number(/nodejs_active_resources\{type="TCPSocketWrap"[^}]*\} (\d+)/.exec(text)?.[1] ?? Number.NaN);
};

/** @returns how long each answer took */
async function readOn(isOver: () => boolean): Promise<number[]> {
  const reader = new TestClient(service.url);
  const took: number[] = [];
  while (!isOver()) {
    const start = performance.now();
    expect((await reader.get('/v1/sites/blog/counts?article=%2Fa')).status).toBe(200);
    took.push(performance.now() - start);
    // The pace of a reader.
    await delay(GOOD_EVERY_MS);
  }
  return took;
}

function askAndReadNothing(): RawConnection {
  const connection = RawConnection.open(service.url);
  connection.stopReading();
  connection.send(`GET ${thread} HTTP/1.1\r\nHost: comments.example\r\n\r\n`.repeat(ASKED));
  return connection;
}

describe('two hundred connections that ask fifty times for a long thread and read nothing', () => {
  it('cost a bounded memory, are closed in time, and others do not notice', async () => {
    const { text } = await service.anonymous.get(thread);
    expect((text.length * ASKED) / MIB).toBeGreaterThan(MUCH_MIB);
    const [socketsBefore, bytesBefore] = [await sockets(), await metric('process_resident_memory_bytes')];
    const startedAt = performance.now();
    const deaf = Array.from({ length: CONNECTIONS }, askAndReadNothing);
    let isOver = false;
    const reading = readOn(() => isOver);
    let most = 0;
    try {
      await waitUntil(async () => (await sockets()) > CONNECTIONS, 'all of them are connected', 10_000);
      await waitUntil(
        async () => {
          most = Math.max(most, await metric('process_resident_memory_bytes'));
          return (await sockets()) < socketsBefore + 10;
        },
        'all of them are closed',
        CLOSED_WITHIN_MS,
      );
    } finally {
      isOver = true;
      for (const connection of deaf) connection.destroy();
    }
    const took = (await reading).sort((a, b) => a - b);
    const growth = Math.round((most - bytesBefore) / MIB);
    const p99 = Math.round(took[Math.floor(took.length * 0.99)] ?? Infinity);
    console.warn(
      `${CONNECTIONS} closed after ${Math.round(performance.now() - startedAt)} ms, at most ${growth} MiB more; ` +
        `${took.length} good answers, p99 ${p99} ms.`,
    );
    expect(growth).toBeLessThan(GROWTH_MIB);
    expect(took.length).toBeGreaterThan(100);
    expect(p99).toBeLessThan(P99_MS);
  }, 90_000);
});
