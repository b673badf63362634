import { expectProblem } from '../support/problems.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { Answer, CommentInput, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Item } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

type Preview = NonNullable<Item['verdict']> & { readonly wouldGo: string; readonly reason: string };

/** What is known of a network cannot be known of a text that nobody has sent. */
const NO_NETWORKS = { 'network-spam': 0, 'network-ham': 0, 'network-rate': 0 };

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

function make(settings: Record<string, unknown> = {}): Promise<TestSite> {
  const key = `site-${String(++serial)}`;
  return TestSite.make(operator, service.anonymous, { key, settings: { weights: NO_NETWORKS, ...settings } });
}

function preview(site: TestSite, body: unknown, client = operator): Promise<Answer<Preview>> {
  return client.post<Preview>(site.path('/moderation/preview'), body);
}

function fresh(more: CommentInput = {}): CommentInput & { author: { name: string; email: string } } {
  const number = String(++serial);
  return {
    author: { name: `Reader ${number}`, email: `reader.${number}@analytical.org` },
    body: `In the winter of ${number} we compared both of them for weeks and wrote down all that we saw.`,
    ...more,
  } as CommentInput & { author: { name: string; email: string } };
}

/** Tries a text, then sends it. */
async function bothWays(site: TestSite, input: CommentInput): Promise<Preview> {
  const tried = await preview(site, input);
  expect(tried.status).toBe(200);
  const { verdict, status, events } = await site.submitSettled('/a', input);
  const { wouldGo, reason, ...told } = tried.body;
  // Stored as a real, so that the last digits are lost.
  const probability = expect.closeTo(told.probability, 5) as number;
  expect(verdict).toEqual({ ...told, probability });
  expect([status, events.at(-1)?.reason]).toEqual([wouldGo, reason]);
  return tried.body;
}

/** Until a decision on this text has been learned, a text tried now and sent a moment later may be judged by different models. */
async function untilLearned(site: TestSite, input: CommentInput, signal: string): Promise<void> {
  await waitUntil(async () => {
    const { body } = await preview(site, input);
    return body.signals.some(({ name }) => name === signal);
  }, `the site has learned: ${signal}`);
}

describe('a text that is tried', () => {
  it('gets the verdict that the same comment gets, and goes where it goes', async () => {
    const inputs: CommentInput[] = [
      fresh(),
      fresh({ body: 'I read of the zebrafish in the second chapter.' }),
      fresh({ body: 'Win now [url=http://a.example]x[/url] [url=http://b.example]y[/url] 𝓌𝒾𝓃𝓃𝑒𝓇' }),
      fresh({ author: { name: 'Cheap Pills', email: 'INFO@Mailinator.com', url: 'HTTP://Pills.example' } }),
      fresh({ language: 'de', articleTitle: 'A garden' }),
    ];
    const wentTo = new Set<string>();
    for (const [hold, spam] of [
      [1, 1],
      [0, 1],
      [0, 0],
    ] as const) {
      const site = await make({ blockedWords: ['zebrafish'], moderation: 'unsure', thresholds: { hold, spam } });
      for (const input of inputs) {
        const { label, wouldGo, signals } = await bothWays(site, input);
        wentTo.add(`${label} ${wouldGo}`);
        if (String(input.body).includes('zebrafish')) expect(signals.map(({ name }) => name)).toContain('blocked-word');
      }
    }
    expect([...wentTo].sort()).toEqual(['ham published', 'spam spam', 'unsure pending']);
  });

  it('is known by what its author did, by its copies, and by what people decided on its links', async () => {
    const site = await make({ moderation: 'new-authors' });
    const regular = fresh();
    await site.published('/a', regular);
    await untilLearned(site, regular, 'site-trust');
    const again = await bothWays(site, {
      ...fresh(),
      author: { ...regular.author, email: regular.author.email.toUpperCase() },
    });
    expect(again.signals.map(({ name }) => name)).toContain('author-published');
    expect(again.wouldGo).toBe('published');
    const spammer = fresh({ body: 'Read on at https://evil.example/offer if you want to, my friends of the garden.' });
    await site.decided((await site.submitSettled('/a', spammer)).id, 'spam');
    await untilLearned(site, spammer, 'site-spam-words');
    const next = await bothWays(site, { ...spammer, body: `${String(spammer.body)} It is the third chapter.` });
    expect(next.signals.map(({ name }) => name)).toEqual(expect.arrayContaining(['author-spam', 'link-spam-here']));
    const copied = fresh();
    await site.submitSettled('/a', copied);
    const copy = await bothWays(site, { ...copied, author: { ...copied.author, name: 'Somebody else' } });
    expect(copy.signals.map(({ name }) => name)).toContain('recent-copies');
  });

  it('is judged by what other sites say of a link, which is told as a number and no more', async () => {
    const others = [await make(), await make(), await make()];
    const link = 'https://fraud.example/a';
    for (const other of others) {
      const { id } = await other.submitSettled(
        '/a',
        fresh({ body: `We saw all of it at ${link} in those weeks, really.` }),
      );
      await other.decided(id, 'spam');
    }
    const site = await make();
    const told = await bothWays(site, fresh({ body: `We saw all of it at ${link} in those weeks, and again.` }));
    expect(told.signals.map(({ name }) => name)).toContain('link-spam-elsewhere');
    for (const other of others) expect(JSON.stringify(told)).not.toContain(other.key);
  });

  it('follows the thresholds and the weights of the site', async () => {
    const harsh = await make({ thresholds: { hold: 0, spam: 0 } });
    expect((await bothWays(harsh, fresh())).wouldGo).toBe('spam');
    const site = await make({ weights: { ...NO_NETWORKS, shouting: 3 } });
    const told = await bothWays(site, fresh({ body: 'THIS IS WHAT WE ALL THINK OF YOUR LATEST ARTICLE HERE' }));
    expect(told.signals.find(({ name }) => name === 'shouting')?.weight).toBeCloseTo(2.4);
  });

  it('follows the rules of the site', async () => {
    const site = await make({ moderation: 'unsure' });
    for (const [value, action] of [
      ['zebrafish', 'hold'],
      ['quagga', 'spam'],
    ] as const) {
      const rule = { field: 'text', match: 'word', value, action };
      expect((await operator.post(site.path('/rules'), rule)).status).toBe(201);
    }
    const held = await bothWays(site, fresh({ body: 'We saw a zebrafish in the second chapter.' }));
    expect(held).toMatchObject({ wouldGo: 'pending', reason: expect.stringContaining('rule') as string });
    const away = await bothWays(site, fresh({ body: 'We saw a quagga in the second chapter.' }));
    expect(away).toMatchObject({ wouldGo: 'spam', label: 'spam' });
  });

  it('adds up: the score is where every comment begins and the weights', async () => {
    const site = await make();
    const begins = [];
    for (const body of ['WIN NOW!!! http://a.example', 'A few words.']) {
      const { score, signals, probability } = (await preview(site, { body })).body;
      expect(probability).toBeCloseTo(1 / (1 + Math.exp(-(score ?? 0))), 9);
      begins.push(signals.reduce((rest, { weight }) => rest - weight, score ?? 0));
    }
    expect(begins[0]).toBeCloseTo(begins[1] ?? 0, 9);
  });

  it('leaves nothing behind', async () => {
    const site = await make();
    await site.decided((await site.submitSettled('/a', fresh())).id, 'spam');
    const tables = await asSuperuser<{ name: string }>(
      service,
      `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    );
    // Whole rows, so that nothing is counted up either; the session tells when it was last seen.
    const everything = async (): Promise<unknown[]> => {
      const rows = [];
      for (const { name } of tables.filter((table) => table.name !== 'session')) {
        rows.push([
          name,
          await asSuperuser(service, `select md5(string_agg(t::text, '|' order by t::text)) from ${name} t`),
        ]);
      }
      return rows;
    };
    const before = await everything();
    for (let n = 0; n < 5; n++) expect((await preview(site, fresh({ articleTitle: 'New' }))).status).toBe(200);
    expect(await everything()).toEqual(before);
    const [metrics] = [await service.anonymous.get('/metrics')];
    expect(metrics.status).toBe(200);
  });

  it('needs no more than the text, and takes a malformed address for what it is', async () => {
    const site = await make();
    const least = await preview(site, { body: 'A few words.' });
    expect(least.body).toMatchObject({ label: 'ham', wouldGo: 'pending' });
    const wrong = await preview(site, { body: 'A few words.', author: { email: 'nobody' } });
    const found = wrong.body.signals.filter(({ name }) => !least.body.signals.some((one) => one.name === name));
    expect(found.map(({ name }) => name)).toEqual(['email-format']);
  });

  it.each<[unknown, string]>([
    [{}, '/body'],
    [{ body: ' \u200b ' }, '/body'],
    [{ body: 'x'.repeat(10_001) }, '/body'],
    [{ body: 'Words.', author: { url: 'javascript:alert(1)' } }, '/author/url'],
    [{ body: 'Words.', language: 'not a language' }, '/language'],
    [{ body: 'Words.', website: 'x' }, '/website'],
    [{ body: 'Words\0.' }, '/body'],
  ])('is refused as %j', async (body, pointer) => {
    const answer = await preview(await make(), body);
    expectProblem(answer, 422, 'invalid-body');
    expect((answer.body as unknown as { errors: { pointer: string }[] }).errors.map((one) => one.pointer)).toContain(
      pointer,
    );
  });
});

describe('the preview', () => {
  it('is for those who read the queue of the site', async () => {
    const site = await make();
    const viewer = await signInMember(service, `viewer-${site.key}@test.example`, { [site.key]: 'viewer' });
    const stranger = await signInMember(service, `stranger-${site.key}@test.example`, {
      [(await make()).key]: 'owner',
    });
    const body = { body: 'A few words.' };
    expect((await preview(site, body, viewer)).status).toBe(200);
    expect((await preview(site, body, await site.apiKey('moderation:read'))).status).toBe(200);
    expectProblem(await preview(site, body, await site.apiKey('comments:write')), 403, 'forbidden');
    expectProblem(await preview(site, body, stranger), 404, 'site-not-found');
    expectProblem(await preview(site, body, service.anonymous), 401, 'not-signed-in');
  });

  it('answers 120 times a minute, and then says when again', async () => {
    const site = await make();
    const key = await site.apiKey('moderation:read');
    const answers = await Promise.all(Array.from({ length: 121 }, () => preview(site, { body: 'Words.' }, key)));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(1);
    expectProblem(refused[0]!, 429, 'too-many-requests');
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await preview(site, { body: 'Words.' })).status).toBe(200);
  });
});
