import { setTimeout as delay } from 'node:timers/promises';
import { RawConnection } from '../support/raw-connection.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';
import { Bystander } from './harness/bystander.js';
import { openSockets } from './harness/process-metrics.js';

/* Many who hold connections open by saying next to nothing, while others want something (slowhttptest's -H and -B). */

const TURNS = 255;
const CLOSED_WITHIN_MS = 20_000;
const DRIP_EVERY_MS = 1_000;
/** Two of them. */
const OPENED_EVERY_MS = 20;
const P99_MS = 500;

const BEGINNING = 'POST /v1/session HTTP/1.1\r\nHost: comments.example\r\nContent-Type: application/json\r\n';

interface Slow {
  readonly connection: RawConnection;
  readonly drip: string;
  readonly openedAt: number;
  closedAfterMs: number | null;
}

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ ROLE: 'web' });
}, 60_000);
afterAll(() => service.close());

function open(first: string, drip: string): Slow {
  const connection = RawConnection.open(service.url);
  connection.send(first);
  return { connection, drip, openedAt: performance.now(), closedAfterMs: null };
}

/** A hundred in a second, as slowhttptest does: all at once would measure the queue for new connections. */
async function openAll(): Promise<Slow[]> {
  const slow: Slow[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    slow.push(open(BEGINNING, 'X'), open(`${BEGINNING}Content-Length: 100000\r\n\r\n`, ' '));
    // The pace at which they come: all at once, they would meet the limit of pending connections and not ours.
    await delay(OPENED_EVERY_MS);
  }
  return slow;
}

describe('half a thousand slow connections', () => {
  it('are closed in time, and others do not notice', async () => {
    const before = await openSockets(service.url);
    const slow = await openAll();
    const dripping = setInterval(() => {
      for (const { connection, drip } of slow) connection.send(drip);
    }, DRIP_EVERY_MS);
    const bystander = new Bystander(service.url, '/v1/sites/demo/articles/%2Fdemo/comments');
    try {
      await waitUntil(
        () => {
          for (const one of slow) {
            if (one.connection.isClosed) one.closedAfterMs ??= performance.now() - one.openedAt;
          }
          return slow.every(({ closedAfterMs }) => closedAfterMs !== null);
        },
        'all of them are closed',
        CLOSED_WITHIN_MS + 5_000,
      );
      await waitUntil(
        async () => (await openSockets(service.url)) < before + 10,
        'the service has let go of them',
        5_000,
      );
    } finally {
      bystander.stop();
      clearInterval(dripping);
    }
    const { count, p99 } = await bystander.told();
    for (const { connection } of slow) connection.destroy();
    const slowest = Math.max(...slow.map(({ closedAfterMs }) => closedAfterMs ?? 0));
    console.warn(
      `${slow.length} slow, closed after ${Math.round(slowest)} ms at most; ` + `${count} good answers, p99 ${p99} ms.`,
    );
    expect(slowest).toBeLessThan(CLOSED_WITHIN_MS);
    expect(p99).toBeLessThan(P99_MS);
  }, 90_000);
});
