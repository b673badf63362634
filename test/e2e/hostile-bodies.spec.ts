import { SaxesParser } from 'saxes';
import { injectionPlaces } from '../support/injection-places.js';
import { openPostgresLog } from '../support/postgres-log.js';
import type { Answer, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, type Item } from '../support/test-site.js';
import { bytesOf, describeWithVectors, type VectorCase } from '../support/vectors.js';
import { waitUntil } from '../support/wait-until.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const COMMENTS = '/v1/sites/blog/articles/%2Fa/comments';
const SLOW_MS = 1_000;
/** So many at a time that the time of one is its own. */
const AT_ONCE = 16;

/** Every route that takes JSON. Where the body is no valid one, nothing happens. */
const JSON_ROUTES: [string, string][] = [
  ['POST', COMMENTS],
  ['POST', '/v1/session'],
  ['POST', '/v1/sites'],
  ['PATCH', '/v1/sites/blog'],
  ['PATCH', '/v1/sites/blog/articles/%2Fa'],
  ['POST', '/v1/sites/blog/api-keys'],
  ['POST', '/v1/sites/blog/moderation/decisions'],
  ['POST', '/v1/moderation/decisions'],
  ['PATCH', `/v1/sites/blog/members/${ID}`],
  ['POST', '/v1/sites/blog/invitations'],
  ['POST', '/v1/operators/invitations'],
  ['POST', '/v1/invitations/no-such-link/acceptance'],
  ['POST', '/v1/password-resets/no-such-link'],
  ['PATCH', '/v1/account'],
  ['PUT', '/v1/account/password'],
  ['POST', `${COMMENTS}/${ID}/approve`],
  ['DELETE', `${COMMENTS}/${ID}`],
];

interface Finding {
  readonly what: string;
  readonly status: number;
  readonly ms: number;
  readonly isProblem: boolean;
  readonly answer: Answer;
}

let service: TestService;
let operator: TestClient;
let site: TestSite;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  site = await TestSite.make(operator, service.anonymous, { key: 'blog' });
  await site.submit('/a');
});

afterAll(async () => {
  expect((await service.anonymous.get('/v1/sites/blog/feed.json')).status).toBe(200);
  await service.close();
});

async function ask(what: string, send: () => Promise<Answer>): Promise<Finding> {
  const start = performance.now();
  const answer = await send();
  const { status, headers } = answer;
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  return { what, status, ms: performance.now() - start, isProblem, answer };
}

async function askAll(questions: readonly (() => Promise<Finding>)[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (let start = 0; start < questions.length; start += AT_ONCE) {
    const batch = questions.slice(start, start + AT_ONCE);
    const asked = await Promise.all(batch.map((question) => question()));
    // What sleeps does so each time; what only waited for the others is quick alone.
    for (const [at, { ms }] of asked.entries()) if (ms > SLOW_MS) asked[at] = await batch[at]!();
    findings.push(...asked);
  }
  return findings;
}

/** What is wrong in any case: a fault of ours, an error that is no problem, a hang. */
function faultsAmong(findings: readonly Finding[]): unknown[] {
  return findings
    .filter(({ status, ms, isProblem }) => status >= 500 || (status >= 400 && !isProblem) || ms > SLOW_MS)
    .map(({ what, status, ms, answer }) => ({ what, status, ms, text: answer.text }));
}

function normalised(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]/gu, '').normalize('NFC');
}

describeWithVectors('api/json-test-suite.json', (cases) => {
  it.each(JSON_ROUTES)('on %s %s: 400 for what is no JSON, no hang, no 5xx', async (method, path) => {
    const json = { 'content-type': 'application/json' };
    const findings = await askAll(
      cases.map((one) => () => ask(String(one.name), () => operator.request(method, path, bytesOf(one), json))),
    );
    expect(faultsAmong(findings)).toEqual([]);
    const expected = new Map(cases.map((one) => [String(one.name), one.expect]));
    const wrong = findings.filter(({ what, status, answer }) => {
      const isSyntaxFault = status === 400 && answer.body.code === 'malformed-body';
      return isSyntaxFault ? expected.get(what) === 'parse' : expected.get(what) === 'reject';
    });
    expect(wrong.map(({ what, status }) => ({ what, status }))).toEqual([]);
  });
});

describe('depth', () => {
  it.each(['[', '{"a":'])('100,000 times %j is refused at once', async (opening) => {
    const closing = opening === '[' ? ']' : '}';
    const depth = Math.floor(250_000 / (opening.length + 1)) - 1;
    const bodies = [opening.repeat(depth), `${opening.repeat(depth)}1${closing.repeat(depth)}`];
    for (const body of bodies) {
      const finding = await ask('depth', () => service.anonymous.post(COMMENTS, body));
      expect(faultsAmong([finding])).toEqual([]);
      expect([400, 422]).toContain(finding.status);
    }
  });

  it.each([COMMENTS, '/v1/session'])(
    '20,000 unknown members are refused by %s with less than was sent',
    async (path) => {
      const members = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`m${String(n)}`, 0]));
      const finding = await ask('members', () => service.anonymous.post(path, members));
      expect(faultsAmong([{ ...finding, ms: 0 }])).toEqual([]);
      expect(finding.status).toBe(422);
      expect(finding.answer.text.length).toBeLessThan(JSON.stringify(members).length);
    },
  );
});

describeWithVectors('api/prototype-pollution.json', (cases) => {
  const isClean = (): boolean => {
    const probe = {} as Record<string, unknown>;
    return ['bar', 'x', 'src', 'onerror', 'polluted', 'isAdmin', 'a', 'b'].every((name) => probe[name] === undefined);
  };

  it.each(JSON_ROUTES)('bodies on %s %s change no prototype', async (method, path) => {
    for (const one of cases.filter(({ kind }) => kind !== 'query')) {
      const finding = await ask(one.input, () =>
        operator.request(method, path, one.input, { 'content-type': 'application/json' }),
      );
      expect(faultsAmong([finding])).toEqual([]);
      const { status } = one.expect as { status?: number };
      if (status !== undefined)
        expect({ input: one.input, status: finding.status }).toEqual({ input: one.input, status });
      expect(isClean()).toBe(true);
    }
  });

  it('queries change no prototype', async () => {
    for (const { input } of cases.filter(({ kind }) => kind === 'query')) {
      for (const path of [COMMENTS, '/v1/sites/blog/moderation/comments', '/v1/sites/blog/counts']) {
        const finding = await ask(input, () => operator.get(`${path}?${input.replace(/^\?/, '')}`));
        expect(faultsAmong([finding])).toEqual([]);
        expect(isClean()).toBe(true);
      }
    }
  });

  it('forms change no prototype', async () => {
    for (const name of [
      '__proto__',
      'constructor',
      '__proto__[x]',
      'constructor[prototype][x]',
      'constructor.prototype',
    ]) {
      const form = new URLSearchParams({ name: 'Ada', email: 'ada@analytical.org', body: `By ${name}`, [name]: 'x' });
      const finding = await ask(name, () => service.anonymous.post(COMMENTS, form));
      expect(finding.status).toBe(303);
      expect(isClean()).toBe(true);
    }
  });
});

function describeStrings(file: string): void {
  describeWithVectors(file, (cases) => {
    const texts = [...new Set(cases.map(({ input }) => input))];

    it('in every member of a comment come back as the contract says, or are refused', async () => {
      const accepted: [string, string][] = [];
      const findings = await askAll(
        texts.map((text, index) => async () => {
          const key = `${file}/${String(index)}`;
          const input = { author: { name: text }, body: text, articleTitle: text, website: '' };
          const finding = await ask(text, () => service.anonymous.comment('blog', key, input));
          if (finding.status === 202) accepted.push([String(finding.answer.body.id), text]);
          return finding;
        }),
      );
      expect(faultsAmong(findings)).toEqual([]);
      expect(accepted.length).toBeGreaterThan(texts.length * 0.8);
      const wrong: unknown[] = [];
      const stored = new Map((await allOf(accepted.map(([id]) => id))).map((item) => [item.id, item]));
      for (const [id, text] of accepted) {
        const { author, body, article } = stored.get(id) ?? (await site.read(id));
        const found = [author.name, body, article.title];
        if (found.some((one) => one !== normalised(text))) wrong.push({ text, found });
      }
      expect(wrong).toEqual([]);
      await publishAll(accepted.map(([id]) => id));
    });

    it('in every feed stay well-formed', async () => {
      for (const name of ['feed.atom', 'feed.rss']) {
        const answer = await service.anonymous.get(`/v1/sites/blog/${name}?limit=100`);
        expect(() => new SaxesParser().write(answer.text).close()).not.toThrow();
      }
      expect((await service.anonymous.get('/v1/sites/blog/feed.json?limit=100')).body).toHaveProperty('items');
    });

    it('in queries and paths are looked for or refused', async () => {
      const findings = await askAll(texts.flatMap((text) => lookUps(text)));
      expect(faultsAmong(findings)).toEqual([]);
    });
  });
}

/** As the moderator sees them once they are screened. */
async function allOf(ids: readonly string[]): Promise<Item[]> {
  await waitUntil(async () => (await site.counts()).received === 0, 'nothing waits for its screening', 20_000);
  const items = await Promise.all(['pending', 'spam'].map((status) => site.all(`?status=${status}&limit=100`)));
  return items.flat().filter(({ id }) => ids.includes(id));
}

async function publishAll(ids: readonly string[]): Promise<void> {
  await operator.post(site.path('/moderation/decisions'), { action: 'publish', ids });
}

function lookUps(text: string): (() => Promise<Finding>)[] {
  const encoded = encodeURIComponent(text);
  return [
    () => ask(text, () => operator.get(`/v1/sites/blog/moderation/comments?q=${encoded}&reason=${encoded}`)),
    () => ask(text, () => service.anonymous.get(`/v1/sites/blog/counts?article=${encoded}`)),
    () => ask(text, () => service.anonymous.get(`/v1/sites/blog/articles/${encoded}/comments`)),
  ];
}

describeStrings('strings/blns.json');
describeStrings('strings/trojan-source-lines.json');

describeWithVectors('api/sql-injection.json', (cases: readonly VectorCase[]) => {
  const queue = '/v1/sites/blog/moderation/comments';

  // `test/fuzz/injection` puts each string into each place; here each goes into the search and, by turns, one more.
  it('has no effect anywhere, and makes no statement that PostgreSQL does not understand', async () => {
    const places = injectionPlaces(operator, service.anonymous);
    const before = (await operator.get<{ items: unknown[] }>('/v1/sites?limit=100')).body.items.length;
    const log = await openPostgresLog(service.database.superuser);
    const questions = cases.flatMap(({ input }, index) => {
      const place = places[index % places.length]!;
      return [
        () => ask(`q ${input}`, () => operator.get(`${queue}?q=${encodeURIComponent(input)}`)),
        () => ask(`${place.name} ${input}`, () => place.send(input)),
      ];
    });
    expect(faultsAmong(await askAll(questions))).toEqual([]);
    expect(await log.errors()).toEqual([]);
    expect((await operator.get<{ items: unknown[] }>('/v1/sites?limit=100')).body.items).toHaveLength(before);
  }, 60_000);

  it('would be seen in the log of PostgreSQL if one became a part of a statement', async () => {
    const log = await openPostgresLog(service.database.superuser);
    const built = ["select from comment where body = '", "' or 1 1 --", "'"].join('');
    await expect(service.database.superuser.query(built)).rejects.toThrow('syntax error');
    expect(await log.errors()).toEqual([expect.stringMatching(/^42601 ERROR: {2}syntax error/)]);
  });

  it('in the search finds only what holds it', async () => {
    const sample = cases.filter((_, index) => index % 12 === 0);
    for (const { input } of sample) {
      const text = normalised(input).trim();
      if (text === '' || Array.from(text).length > 200) continue;
      const page = await site.queue(`?status=published&q=${encodeURIComponent(input)}`);
      const foreign = page.items.filter(({ author, body }) => {
        const document = `${author.name} ${author.email}\n${body}`;
        return !document.toLowerCase().includes(text.toLowerCase());
      });
      expect({ input, found: foreign.map(({ body }) => body) }).toEqual({ input, found: [] });
    }
  });
});
