import { RawConnection } from '../support/raw-connection.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';
import { Bystander } from './harness/bystander.js';
import { openSockets, residentMiB } from './harness/process-metrics.js';

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
    const { url } = service;
    const [socketsBefore, mibBefore] = [await openSockets(url), await residentMiB(url)];
    const startedAt = performance.now();
    const deaf = Array.from({ length: CONNECTIONS }, askAndReadNothing);
    const bystander = new Bystander(url, '/v1/sites/blog/counts?article=%2Fa');
    let most = 0;
    try {
      await waitUntil(async () => (await openSockets(url)) > CONNECTIONS, 'all of them are connected', 18_000);
      await waitUntil(
        async () => {
          most = Math.max(most, await residentMiB(url));
          return (await openSockets(url)) < socketsBefore + 10;
        },
        'all of them are closed',
        CLOSED_WITHIN_MS,
      );
    } finally {
      bystander.stop();
      for (const connection of deaf) connection.destroy();
    }
    const { count, p99 } = await bystander.told();
    const growth = Math.round(most - mibBefore);
    console.warn(
      `${CONNECTIONS} closed after ${Math.round(performance.now() - startedAt)} ms, at most ${growth} MiB more; ` +
        `${count} good answers, p99 ${p99} ms.`,
    );
    expect(growth).toBeLessThan(GROWTH_MIB);
    expect(count).toBeGreaterThan(100);
    expect(p99).toBeLessThan(P99_MS);
  }, 90_000);
});
