import { gzipSync } from 'node:zlib';
import { RawConnection } from '../support/raw-connection.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';

const AT_ONCE = 20;
const MIB = 1024 * 1024;
const GROWTH_MIB = 50;
/** What the machine's own buffers take in on a connection that nobody reads, and more. */
const MOST_SENT_MIB = 16;
const CHUNK = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, ' '), Buffer.from('\r\n')]);

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ ROLE: 'web' });
});
afterAll(() => service.close());

async function residentMib(): Promise<number> {
  const { text } = await service.anonymous.get('/metrics');
  const [, bytes] = /^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)$/m.exec(text) ?? [];
  return Number(bytes ?? Number.NaN) / MIB;
}

/** Sends chunks as long as anybody takes them. @returns how many MiB were taken, and what came back */
async function sendWithoutEnd(path: string): Promise<{ sentMib: number; statuses: number[] }> {
  const connection = RawConnection.open(service.url);
  connection.send(
    `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  let sent = 0;
  await waitUntil(() => {
    while (!connection.isClosed && sent < 1024 * MIB && connection.send(CHUNK)) sent += CHUNK.length;
    return connection.isClosed || sent >= 1024 * MIB;
  }, 'the service hangs up');
  connection.destroy();
  return { sentMib: sent / MIB, statuses: connection.statuses };
}

describe('a body without an end', () => {
  it.each(['/v1/session', '/v1/sites/demo/articles/%2Fdemo/comments'])(
    'to %s is 413 and hung up on long before a gigabyte, and takes no memory',
    async (path) => {
      await sendWithoutEnd(path);
      const before = await residentMib();
      const sent = await Promise.all(Array.from({ length: AT_ONCE }, () => sendWithoutEnd(path)));
      expect(sent.filter(({ sentMib }) => sentMib > MOST_SENT_MIB)).toEqual([]);
      expect([...new Set(sent.flatMap(({ statuses }) => statuses))]).toEqual([413]);
      expect((await residentMib()) - before).toBeLessThan(GROWTH_MIB);
    },
  );
});

describe('a small body that unpacks to a gigabyte', () => {
  it('is 415 before it is read, and takes no memory', async () => {
    const bomb = gzipSync(Buffer.alloc(128 * MIB));
    const before = await residentMib();
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    for (let turn = 0; turn < 8; turn++) {
      const answer = await service.anonymous.request('POST', '/v1/session', bomb, headers);
      expect(answer.status).toBe(415);
    }
    expect((await residentMib()) - before).toBeLessThan(GROWTH_MIB);
  });
});
