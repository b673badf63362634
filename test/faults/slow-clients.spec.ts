import { RawConnection } from '../support/raw-connection.js';
import { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';

/* Many who hold connections open by saying or reading next to nothing, while others want something (slowhttptest's -H, -B, -R). */

const OF_EACH_KIND = 170;
const CLOSED_WITHIN_MS = 20_000;
const DRIP_EVERY_MS = 1_000;
const GOOD_EVERY_MS = 40;
const P99_MS = 500;

const BEGINNING = 'POST /v1/session HTTP/1.1\r\nHost: comments.example\r\nContent-Type: application/json\r\n';
/** More answers than the buffers of a connection hold, asked for at once. */
const MANY = 'GET /openapi.json HTTP/1.1\r\nHost: comments.example\r\n\r\n'.repeat(60);

interface Slow {
  readonly connection: RawConnection;
  readonly drip: string;
  closedAfterMs: number | null;
}

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ ROLE: 'web' });
});
afterAll(() => service.close());

function open(first: string, drip: string): Slow {
  const connection = RawConnection.open(service.url);
  connection.send(first);
  return { connection, drip, closedAfterMs: null };
}

/** Of the process, to whomever. */
async function openSockets(): Promise<number> {
  const { text } = await service.anonymous.get('/metrics');
  const [, count] = /nodejs_active_resources\{type="TCPSocketWrap"[^}]*\} (\d+)/.exec(text) ?? [];
  return Number(count ?? Number.NaN);
}

/** A reader as there are many: a page's thread, again and again. @returns how long each took */
async function readOn(isOver: () => boolean): Promise<number[]> {
  const reader = new TestClient(service.url);
  const took: number[] = [];
  while (!isOver()) {
    const start = performance.now();
    const { status } = await reader.get('/v1/sites/demo/articles/%2Fdemo/comments');
    took.push(performance.now() - start);
    expect(status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, GOOD_EVERY_MS));
  }
  return took;
}

describe('half a thousand slow connections', () => {
  it('are closed in time, and others do not notice', async () => {
    const before = await openSockets();
    const start = performance.now();
    const slow = Array.from({ length: OF_EACH_KIND }, () => [
      open(BEGINNING, 'X'),
      open(`${BEGINNING}Content-Length: 100000\r\n\r\n`, ' '),
      open(MANY, ''),
    ]).flat();
    for (const { connection, drip } of slow) if (drip === '') connection.stopReading();
    const dripping = setInterval(() => {
      for (const { connection, drip } of slow) if (drip !== '') connection.send(drip);
    }, DRIP_EVERY_MS);
    let isOver = false;
    const reading = readOn(() => isOver);
    try {
      await waitUntil(
        () => {
          for (const one of slow) {
            // Who does not read does not see the end of it either, but has nobody left to write to.
            if (one.connection.isClosed) one.closedAfterMs ??= performance.now() - start;
          }
          return slow.every(({ closedAfterMs, drip }) => closedAfterMs !== null || drip === '');
        },
        'those who drip are closed',
        CLOSED_WITHIN_MS + 5_000,
      );
      await waitUntil(async () => (await openSockets()) < before + 10, 'those who do not read are closed', 15_000);
    } finally {
      isOver = true;
      clearInterval(dripping);
    }
    const allClosedMs = performance.now() - start;
    const took = (await reading).sort((a, b) => a - b);
    for (const { connection } of slow) connection.destroy();
    const p99 = took[Math.floor(took.length * 0.99)] ?? Infinity;
    const slowest = Math.max(...slow.map(({ closedAfterMs }) => closedAfterMs ?? 0));
    console.warn(
      `${slow.length} slow: those who drip closed after ${Math.round(slowest)} ms at most, all after ` +
        `${Math.round(allClosedMs)} ms; ${took.length} good answers, p99 ${Math.round(p99)} ms.`,
    );
    expect(slowest).toBeLessThan(CLOSED_WITHIN_MS);
    expect(allClosedMs).toBeLessThan(CLOSED_WITHIN_MS + 2_000);
    expect(p99).toBeLessThan(P99_MS);
  }, 90_000);
});
