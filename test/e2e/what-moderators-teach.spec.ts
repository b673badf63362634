import { PassThrough } from 'node:stream';
import pg from 'pg';
import { runWinnow } from '../../src/cli/run-winnow.js';
import type { CommentInput, TestClient } from '../support/test-client.js';
import { startTestService, testEnvironment, type TestService } from '../support/test-service.js';
import { TestSite, type Detail } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

/* The filter learns from decisions, on the site where they were taken and nowhere else; and can be made to again. */

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

function make(): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, { key: `taught-${String(++serial)}` });
}

/** One of a kind that no filter knows: neither link nor advertisement, from somebody new each time. */
function tonic(): CommentInput {
  const number = String(++serial);
  return {
    author: { name: `Reader ${number}`, email: `ada.byron${number}@analytical.org` },
    body: `My uncle drank the tonic of the seven herbs in week ${number} and walked again, ask at our house.`,
  };
}

/** What the site's own model adds: other facts, such as the network of the tests, change with decisions too. */
function taughtScore({ verdict }: Detail): number {
  const own = (verdict?.signals ?? []).filter(({ name }) => name.startsWith('site-'));
  return own.reduce((sum, { weight }) => sum + weight, 0);
}

/** Sends one after another until what is learned shows; each is one more look, and decides nothing. */
async function untilScore(site: TestSite, isSo: (score: number) => boolean, what: string): Promise<Detail> {
  let last: Detail | undefined;
  await waitUntil(async () => isSo(taughtScore((last = await site.submitSettled('/a', tonic())))), what);
  return last!;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function relearn(...args: string[]): Promise<Ran> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const environment = testEnvironment(service.database);
  const interrupted = new AbortController().signal;
  const code = await runWinnow(['relearn', ...args], { in: new PassThrough(), out, err, environment, interrupted });
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: read(out), err: read(err) };
}

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: service.database.urls.postgres });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

describe('a kind of comment that moderators mark as spam', () => {
  it('scores higher when the sixth comes, says why, and no higher once all five are undone', async () => {
    const site = await make();
    const five: Detail[] = [];
    for (let at = 0; at < 5; at++) five.push(await site.submitSettled('/a', tonic()));
    expect(five.map(taughtScore)).toEqual([0, 0, 0, 0, 0]);
    for (const { id } of five) await site.decided(id, 'spam');
    const sixth = await untilScore(site, (score) => score > 1, 'the sixth scores higher');
    const whys = sixth.verdict?.signals.map(({ why }) => why).join('\n');
    expect(whys).toMatch(/this site's moderators marked [1-5] comments? with .+ as spam/);
    expect(sixth.verdict?.probability).toBeGreaterThan(five[4]?.verdict?.probability ?? 1);

    const elsewhere = await make();
    expect(taughtScore(await elsewhere.submitSettled('/a', tonic()))).toBe(0);

    for (const { id } of five) await site.decided(id, 'undo');
    await untilScore(site, (score) => score === 0, 'nothing is left of what was undone');
  });

  it('is counted for who watches the service', async () => {
    const site = await make();
    const { id } = await site.submitSettled('/a', tonic());
    await site.decided(id, 'approve');
    await untilScore(site, (score) => score !== 0, 'it is learned');
    const text = (await service.anonymous.get('/metrics')).text;
    expect(text).toMatch(/^winnow_learned_total\{what="ham"\} [1-9]/m);
    expect(text).toMatch(/^winnow_queue_depth\{queue="learning"\} \d+$/m);
  });
});

describe('winnow relearn', () => {
  it('builds the model of a site to the same byte, beside the running service', async () => {
    const site = await make();
    const { id: spam } = await site.submitSettled('/a', tonic());
    await site.decided(spam, 'spam');
    for (let at = 0; at < 2; at++) await site.published();
    const first = await relearn(site.key);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(
      new RegExp(
        `^${site.key}: 3 examples, 1 of spam and 2 of ham\\.\n  digest before  ([0-9a-f]{64})\n  digest now     \\1\n` +
          '  model          [0-9a-f]{64}\n  The same to the byte\\.\n$',
      ),
    );
    expect(await relearn(site.key)).toEqual(first);
  });

  it('says when what is stored is not what was learned, once, and takes it from there', async () => {
    const site = await make();
    const { id } = await site.submitSettled('/a', tonic());
    await site.decided(id, 'spam');
    expect((await relearn('--all')).code).toBe(0);
    await query(`update learned_comment set label = 'ham' where comment_id = '${id}'`);
    const found = await relearn(site.key);
    expect(found.code).toBe(1);
    expect(found.out).toContain('NOT what was learned');
    const all = await relearn('--all');
    expect(all).toMatchObject({ code: 0, err: '' });
    expect(all.out).toMatch(/\d sites, of which 0 were not what had been learned\.\n$/);
  });

  it('knows no site of another name, and takes no site where nothing was taught for a fault', async () => {
    expect(await relearn('nobody')).toEqual({ code: 1, out: '', err: 'winnow: There is no site "nobody".\n' });
    const { key } = await make();
    const ran = await relearn(key);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain(`${key}: 0 examples`);
  });
});
