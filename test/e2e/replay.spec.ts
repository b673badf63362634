import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { ReplayResult } from '../../src/cli/replay/replay-result.js';
import { runWinnow } from '../../src/cli/run-winnow.js';
import { waitUntil } from '../support/wait-until.js';
import type { TestClient } from '../support/test-client.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';

/* `winnow replay` against a service: real comments of a file through the public API, and back as a table. */

const FIXTURE = new URL('../fixtures/replay/readers.jsonl', import.meta.url).pathname;

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-replay-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function winnow(
  args: readonly string[],
  more: { password?: string; interrupted?: AbortSignal } = {},
): Promise<Ran> {
  const out = new PassThrough();
  const err = new PassThrough();
  const code = await runWinnow(['replay', ...args], {
    in: new PassThrough(),
    out,
    err,
    environment: more.password === undefined ? {} : { WINNOW_PASSWORD: more.password },
    interrupted: more.interrupted ?? new AbortController().signal,
  });
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: read(out), err: read(err) };
}

/** The counts of a table's row, by the names of its header. */
function rowOf(table: string, label: string): Record<string, number> {
  const lines = table.split('\n').map((line) => line.split(/ {2,}/));
  const header = lines.find(([first]) => first === 'label') ?? [];
  const row = lines.find(([first, ...rest]) => first === label && rest.length === header.length - 1) ?? [];
  return Object.fromEntries(header.slice(1).map((name, index) => [name, Number(row[index + 1])]));
}

/** All fine, each by another reader. */
async function writeComments(name: string, count: number): Promise<string> {
  const path = join(folder, name);
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({ text: `Remark ${n} on chapter ${n * 7}.`, label: 'ham' }),
  );
  await writeFile(path, lines.join('\n'));
  return path;
}

describe('winnow replay', () => {
  let service: TestService;
  let operator: TestClient;

  beforeAll(async () => {
    service = await startTestService();
    operator = await service.signIn();
  });

  afterAll(() => service.close());

  async function makeKey(...scopes: string[]): Promise<string> {
    const { body } = await operator.post<{ key: string }>('/v1/sites/demo/api-keys', { name: 'test', scopes });
    return body.key;
  }

  async function keyNames(): Promise<string[]> {
    const { body } = await operator.get<{ items: { name: string }[] }>('/v1/sites/demo/api-keys');
    return body.items.map(({ name }) => name);
  }

  async function countPending(article: string): Promise<number> {
    const path = `/v1/sites/demo/articles/${article}/moderation/comments?limit=100`;
    const { body } = await operator.get<{ items: unknown[] }>(path);
    return body.items.length;
  }

  it('posts a file, waits for the verdicts, and prints them against the labels', async () => {
    const key = await makeKey('comments:write', 'moderation:read');
    const { code, out, err } = await winnow([FIXTURE, '--url', service.url, '--key', key]);
    expect(err).toContain(`${FIXTURE}:4: skipped, it is not JSON.\n`);
    expect(err).toContain(`${FIXTURE}:8: skipped, its "label" is neither spam nor ham.\n`);
    expect(err).toContain('Sending: 5 of 5\nScreening: 4 of 4\n');
    const [spam, ham, unlabelled, all] = ['spam', 'ham', 'unlabelled', 'all'].map((label) => rowOf(out, label));
    expect(spam).toMatchObject({ sent: 1, refused: 0, received: 0, published: 0 });
    expect(ham).toMatchObject({ sent: 3, refused: 1, received: 0, spam: 0, pending: 2 });
    expect(unlabelled).toMatchObject({ sent: 1, refused: 0, received: 0 });
    expect(all).toMatchObject({ sent: 5, refused: 1, received: 0 });
    expect(out).toContain('2 malformed lines skipped.\nRefused: 1 invalid-body.');
    expect(out).toContain('Statuses from the moderators’ lists.');
    expect(code).toBe(1);
  });

  it('stores what the file says under the article of the file', async () => {
    const { body } = await operator.get<{ items: { body: string; author: Record<string, unknown> }[] }>(
      '/v1/sites/demo/articles/replay-readers/moderation/comments',
    );
    const [first, second] = body.items.sort((a, b) => b.body.localeCompare(a.body));
    expect(first).toMatchObject({
      body: 'Where can one see the pictures you speak of?',
      author: {
        name: 'Ben',
        email: expect.stringMatching(/^reader-[0-9a-f]{16}@replay\.example\.org$/) as string,
        url: null,
      },
    });
    expect(second).toMatchObject({ author: { name: 'Ann Example', email: 'ann@readers.example.org' } });
  });

  it('makes a key for a person who gives a password, and removes it afterwards', async () => {
    const before = await keyNames();
    const path = join(folder, 'packed.jsonl.gz');
    await writeFile(path, gzipSync(await readFile(await writeComments('packed.jsonl', 130))));
    const args = [path, '--url', service.url, '--email', OPERATOR.email, '--json'];
    const { code, out } = await winnow(args, { password: OPERATOR.password });
    const result = JSON.parse(out) as ReplayResult;
    expect(result.troubles).toEqual([]);
    expect(result.labels.ham).toEqual({ sent: 130, refused: 0, statuses: { pending: 130 } });
    expect(result.files).toEqual([{ path, article: 'replay-packed', comments: 130 }]);
    expect(result).toMatchObject({
      statusesFrom: 'moderation',
      madeUpEmails: 130,
      notSent: 0,
      refusals: {},
      malformed: [],
    });
    expect(Object.values(result.times).every((ms) => ms !== null && ms >= 0)).toBe(true);
    expect(code).toBe(0);
    expect(await keyNames()).toEqual(before);
  });

  it('counts only its own comments where the article has others', async () => {
    const path = await writeComments('again.jsonl', 3);
    const args = [path, '--url', service.url, '--article', 'replay-packed', '--json', '--email', OPERATOR.email];
    const { out } = await winnow(args, { password: OPERATOR.password });
    const { sent, statuses } = (JSON.parse(out) as ReplayResult).labels.ham;
    expect(sent).toBe(3);
    expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('reads the receipts when the key may only write', async () => {
    const path = await writeComments('receipts.jsonl', 5);
    const { code, out } = await winnow([path, '--url', service.url, '--key', await makeKey('comments:write')]);
    expect(rowOf(out, 'ham')).toEqual({ sent: 5, refused: 0, published: 0, pending: 5, declined: 0, received: 0 });
    expect(out).toContain('Statuses from the receipts');
    expect(code).toBe(0);
  });

  it('sends no more than the limit of each file, each to its own article', async () => {
    const paths = [await writeComments('first.jsonl', 9), await writeComments('second.jsonl', 2)];
    const args = [...paths, '--limit', '4', '--url', service.url, '--json', '--email', OPERATOR.email];
    const { out } = await winnow(args, { password: OPERATOR.password });
    const { files, labels } = JSON.parse(out) as ReplayResult;
    expect(files.map(({ article, comments }) => [article, comments])).toEqual([
      ['replay-first', 4],
      ['replay-second', 2],
    ]);
    expect(labels.ham.sent).toBe(6);
  });

  it('prints what it knows when it is interrupted, and removes its key all the same', async () => {
    const before = await keyNames();
    const path = await writeComments('interrupted.jsonl', 200);
    const controller = new AbortController();
    const args = [path, '--url', service.url, '--json', '--rate', '50', '--email', OPERATOR.email];
    const running = winnow(args, { password: OPERATOR.password, interrupted: controller.signal });
    await waitUntil(async () => (await keyNames()).length > before.length, 'the key of the run');
    await waitUntil(async () => (await countPending('replay-interrupted')) > 0, 'the first comment of the run');
    controller.abort();
    const { code, out } = await running;
    const { labels, notSent, troubles } = JSON.parse(out) as ReplayResult;
    expect(troubles).toContain('Sending ended early: interrupted.');
    expect(labels.ham.sent).toBeGreaterThan(0);
    expect(labels.ham.sent + notSent).toBe(200);
    expect(notSent).toBeGreaterThan(0);
    expect(code).toBe(1);
    expect(await keyNames()).toEqual(before);
  });

  it.each([
    ['a wrong password', ['--email', OPERATOR.email, '--password', 'wrong'], /password is wrong/],
    ['a key nobody made', ['--key', 'wnw_x'], /does not know this API key/],
    [
      'a site that is not there',
      ['--site', 'nowhere', '--email', OPERATOR.email, '--password', OPERATOR.password],
      /no site "nowhere"/,
    ],
    ['nothing at all', [], /an API key or a password is needed[^]*curl -s -c/],
  ])('says what to do with %s', async (_what, credentials, message) => {
    const { code, out, err } = await winnow([FIXTURE, '--url', service.url, ...credentials]);
    expect(err).toMatch(message);
    expect(out).toBe('');
    expect(code).toBe(1);
  });

  it('ends at once with a key that may not write', async () => {
    const key = await makeKey('moderation:read');
    const { code, out } = await winnow([FIXTURE, '--url', service.url, '--key', key]);
    expect(out).toMatch(/^Sending ended early: forbidden /m);
    expect(out).toMatch(/^5 comments not sent\.$/m);
    expect(code).toBe(1);
  });
});

describe('winnow replay without a worker', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService({ ROLE: 'web' });
  });

  afterAll(() => service.close());

  it('gives up after a time without a verdict, and says what may be missing', async () => {
    const path = await writeComments('waiting.jsonl', 3);
    const args = [path, '--url', service.url, '--email', OPERATOR.email, '--give-up-after', '1'];
    const { code, out } = await winnow(args, { password: OPERATOR.password });
    expect(rowOf(out, 'ham')).toMatchObject({ sent: 3, pending: 0, received: 3 });
    expect(out).toContain('no new verdict for 1 s; is a worker running');
    expect(code).toBe(1);
  });
});
