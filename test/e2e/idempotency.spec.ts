import { expectProblem } from '../support/problems.js';
import { asSuperuser } from '../support/test-accounts.js';
import { TestClient, type Answer } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Submitted } from '../support/test-site.js';

let service: TestService;
let site: TestSite;
let other: TestSite;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  const operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
  other = await TestSite.make(operator, service.anonymous, { key: 'other' });
});

afterAll(() => service.close());

function submit(
  key: string | null,
  input: Record<string, unknown> = {},
  { article = '/a', to = site, client = service.anonymous } = {},
): Promise<Answer<Submitted>> {
  const headers: Record<string, string> = key === null ? {} : { 'idempotency-key': key };
  return client.comment<Submitted>(to.key, article, { body: 'The same words.', ...input }, headers);
}

function newKey(): string {
  return `key-${String(++serial)}`;
}

function idOf(answer: Answer<Submitted>): string {
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 202 });
  return answer.body.id;
}

async function rowsOf(article: string): Promise<number> {
  const rows = await asSuperuser(
    service,
    `select c.id from comment c join article a on a.site_id = c.site_id and a.id = c.article_id where a.key = $1`,
    [article],
  );
  return rows.length;
}

describe('with a key', () => {
  it('the same payload gets the same answer, byte for byte', async () => {
    const key = newKey();
    const first = await submit(key);
    const again = await submit(key);
    expect(again.status).toBe(202);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
  });

  it('the replay is the same 202 also after the comment was decided', async () => {
    const key = newKey();
    const first = await submit(key, { body: 'To be published.' });
    await site.settled(first.body.id);
    await site.decided(first.body.id, 'publish');
    expect((await submit(key, { body: 'To be published.' })).text).toBe(first.text);
    await site.decided(first.body.id, 'delete');
    expect((await submit(key, { body: 'To be published.' })).text).toBe(first.text);
  });

  it.each([
    ['body', { body: 'Other words.' }],
    ['name', { author: { name: 'Bob' } }],
    ['address', { author: { email: 'bob@analytical.org' } }],
    ['url', { author: { url: 'https://bob.example/' } }],
    ['title', { articleTitle: 'Another' }],
    ['honeypot', { website: 'x' }],
  ])('another %s is 422 and stores nothing', async (_what, change) => {
    const key = newKey();
    const article = `/reused/${key}`;
    idOf(await submit(key, {}, { article }));
    expectProblem(await submit(key, change, { article }), 422, 'idempotency-key-reused');
    expect(await rowsOf(article)).toBe(1);
  });

  it('two keys are two comments, even of the same words', async () => {
    expect(idOf(await submit(newKey()))).not.toBe(idOf(await submit(newKey())));
  });

  it('a key may be quoted or bare', async () => {
    const key = newKey();
    const id = idOf(await submit(key));
    expect(idOf(await submit(`"${key}"`))).toBe(id);
    const odd = `${newKey()} \\ "`;
    expect(idOf(await submit(`"${odd.replace(/["\\]/g, '\\$&')}"`))).toBe(idOf(await submit(odd)));
  });

  it('belongs to one article of one site', async () => {
    const key = newKey();
    const ids = [
      idOf(await submit(key)),
      idOf(await submit(key, {}, { article: '/b' })),
      idOf(await submit(key, {}, { to: other })),
    ];
    expect(new Set(ids).size).toBe(3);
    idOf(await submit(key, { body: 'Another payload elsewhere.' }, { article: '/c' }));
  });

  it.each([
    ['1 character', 'k', true],
    ['255', 'k'.repeat(255), true],
    ['255, quoted', `"${'k'.repeat(255)}"`, true],
    ['256', 'k'.repeat(256), false],
    ['256, quoted', `"${'k'.repeat(256)}"`, false],
    ['none', '', false],
    ['none, quoted', '""', false],
    ['another script', 'clé-\u00e9', false],
  ])('of %s is taken or 400', async (what, key, isTaken) => {
    const answer = await submit(key, { body: `With a key of ${what}.` }, { article: `/length/${what}` });
    if (isTaken) idOf(answer);
    else expectProblem(answer, 400);
  });

  it('is free again after a refusal', async () => {
    const key = newKey();
    const article = '/closed-for-a-while';
    await site.submit(article);
    await site.moderator.request('PATCH', site.articlePath(article), { open: false });
    expectProblem(await submit(key, {}, { article }), 409, 'article-closed');
    await site.moderator.request('PATCH', site.articlePath(article), { open: true });
    expectProblem(await submit(key, { body: '' }, { article }), 422, 'invalid-body');
    idOf(await submit(key, {}, { article }));
  });

  it('is free again when its day is over', async () => {
    const key = newKey();
    const first = idOf(await submit(key));
    const [row] = await asSuperuser<{ hours: number }>(
      service,
      `select extract(epoch from expires_at - now())::float / 3600 as hours from idempotency_record where comment_id = $1`,
      [first],
    );
    expect(row?.hours).toBeGreaterThan(23.9);
    expect(row?.hours).toBeLessThanOrEqual(24);
    await asSuperuser(
      service,
      `update idempotency_record set expires_at = now() - interval '1 s' where comment_id = $1`,
      [first],
    );
    const second = idOf(await submit(key, { body: 'A new day.' }));
    expect(second).not.toBe(first);
    expect(idOf(await submit(key, { body: 'A new day.' }))).toBe(second);
  });
});

describe('without a key', () => {
  it('the same author, words and article within a minute are one comment', async () => {
    const input = { body: 'A click, and by mistake a second one.' };
    const first = await submit(null, input, { article: '/clicks' });
    expect((await submit(null, input, { article: '/clicks' })).text).toBe(first.text);
    expect(await rowsOf('/clicks')).toBe(1);
  });

  it.each([
    ['words', { body: 'Other words.' }, {}],
    ['a name', { author: { name: 'Bob' } }, {}],
    ['an address', { author: { email: 'bob@analytical.org' } }, {}],
    ['an article', {}, { article: '/elsewhere' }],
  ])('%s that differs makes another comment', async (_what, change, place) => {
    expect(idOf(await submit(null, change, place))).not.toBe(idOf(await submit(null)));
  });

  it('after the minute they are a new comment', async () => {
    const input = { body: 'Said again later.' };
    const first = idOf(await submit(null, input));
    await asSuperuser(
      service,
      `update idempotency_record set expires_at = now() - interval '1 s' where comment_id = $1`,
      [first],
    );
    expect(idOf(await submit(null, input))).not.toBe(first);
  });
});

describe('at the same time', () => {
  const parallel = (count: number, make: (index: number) => Promise<Answer<Submitted>>): Promise<Answer<Submitted>[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => make(index)));

  /** All that were accepted name one comment; the others are told to try again. */
  function expectOne(answers: readonly Answer<Submitted>[], others: number): void {
    const accepted = answers.filter(({ status }) => status === 202);
    expect(new Set(accepted.map(({ text }) => text)).size).toBe(1);
    for (const answer of answers) if (answer.status !== 202) expectProblem(answer, others);
  }

  it('fifty with the same key are one comment', async () => {
    const key = newKey();
    const answers = await parallel(50, () => submit(key, {}, { article: '/fifty' }));
    expectOne(answers, 409);
    expect(await rowsOf('/fifty')).toBe(1);
  });

  it('fifty without a key are one comment', async () => {
    const answers = await parallel(50, () => submit(null, { body: 'Fifty clicks.' }, { article: '/clicked' }));
    expectOne(answers, 409);
    expect(await rowsOf('/clicked')).toBe(1);
  });

  it('fifty payloads under one key are one comment and 49 refusals', async () => {
    const key = newKey();
    const answers = await parallel(50, (n) => submit(key, { body: `Payload ${String(n)}.` }, { article: '/payloads' }));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expectOne(answers, 422);
    expect(await rowsOf('/payloads')).toBe(1);
  });

  it('two processes agree on one comment', async () => {
    const neighbour = new TestClient((await service.another()).url ?? '');
    for (let round = 0; round < 5; round++) {
      const [key, article] = [newKey(), `/two/${String(round)}`];
      const answers = await parallel(20, (n) =>
        submit(key, {}, { article, client: n % 2 ? neighbour : service.anonymous }),
      );
      const ids = new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.id));
      expect(ids.size).toBe(1);
      for (const answer of answers) if (answer.status !== 202) expectProblem(answer, 409, 'idempotency-key-in-flight');
      expect(await rowsOf(article)).toBe(1);
    }
  });
});
