import { expectProblem } from '../support/problems.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { CommentInput, TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite, unlikeOthers, type Item } from '../support/test-site.js';
import { queueOf, walk } from '../support/two-moderators.js';
import { waitUntil } from '../support/wait-until.js';

/* The grammar of a search, the most doubtful first, and by language: in the lists of a site, of an article and across sites. */

let service: TestService;
let operator: TestClient;
let serial = 0;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
});

afterAll(() => service.close());

function make(settings: Record<string, unknown> = {}): Promise<TestSite> {
  return TestSite.make(operator, service.anonymous, { key: `found-${String(++serial)}`, settings });
}

describe('a search', () => {
  const COMMENTS: Readonly<Record<string, CommentInput & { readonly article?: string }>> = {
    casino: {
      author: { name: 'Ada Lovelace', email: 'ada@analytical.org' },
      body: 'The best casino in town has red carpets everywhere, said my uncle at 12:30.',
    },
    carpet: {
      author: { name: 'Bob Adams', email: 'bob@example.org', url: 'https://carpets.example.com/about' },
      body: 'A red carpet that is big, and nothing of the other kind at all.',
      article: '/garden',
    },
    linked: {
      author: { name: 'Cleo', email: 'cleo@mail.example.org' },
      body: 'Read what they wrote at https://www.example.com/a?b=1, please, before you answer.',
      article: '/garden',
    },
    mention: {
      author: { name: 'Dora', email: 'xada@analytical.org' },
      body: 'I wrote to them by mail at someone@example.com but notexample.com and example.com.evil.net said nothing.',
    },
    path: {
      author: { name: 'Emil "the cat"', email: 'emil@analytical.org' },
      body: 'It stands at https://other.net/example.com somewhere in the tree, with 5" pipes.',
    },
  };
  let site: TestSite;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    // A link alone puts some of them away.
    site = await make({ thresholds: { hold: 0.5, spam: 1 } });
    for (const [name, { article = '/a', ...input }] of Object.entries(COMMENTS)) {
      const title = article === '/garden' ? { articleTitle: 'On Gardens and carpets' } : {};
      ids.set(name, (await site.submitSettled(article, { ...input, ...title })).id);
    }
  });

  const namesOf = (items: readonly Item[]): (string | undefined)[] => {
    const names = new Map([...ids].map(([name, id]) => [id, name]));
    return items.map(({ id }) => names.get(id));
  };

  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ['red carpet', ['casino', 'carpet']],
    ['carpet red', ['casino', 'carpet']],
    ['"red carpet"', ['casino', 'carpet']],
    ['"carpet red"', []],
    ['red -casino', ['carpet']],
    ['-casino -"red carpet" -pipes', ['linked', 'mention']],
    ['author:ada', ['casino', 'carpet']],
    ['author:"ada love"', ['casino']],
    ['-author:ada', ['linked', 'mention', 'path']],
    ['email:@example.org', ['carpet']],
    ['email:ada@analytical.org', ['casino']],
    ['email:ADA@Analytical.ORG', ['casino']],
    ['email:analytical', ['casino', 'mention', 'path']],
    ['-email:ada@analytical.org carpet', ['carpet']],
    ['link:example.com', ['carpet', 'linked']],
    ['link:carpets.example.com', ['carpet']],
    ['link:EXAMPLE.com wrote', ['linked']],
    ['link:example.com -link:www.example.com', ['carpet']],
    ['link:other.net', ['path']],
    ['article:/garden', ['carpet', 'linked']],
    ['article:"on gardens"', ['carpet', 'linked']],
    ['-article:/garden red', ['casino']],
    ['12:30', ['casino']],
    ['https://www.example.com/a?b=1', ['linked']],
    ['unknown:prefix', []],
    ['5"', ['path']],
    ['author:"the cat" 5"', ['path']],
    ['author:cat 5"', ['path']],
    ['author:', []],
  ];

  it.each(CASES)('for %s', async (q, expected) => {
    const query = `?q=${encodeURIComponent(q)}`;
    expect(namesOf((await site.queue(query)).items)).toEqual(expected);
    expect(namesOf((await queueOf(operator, `${query}&site=${site.key}`)).items)).toEqual(expected);
  });

  it.each(CASES)('of an article, for %s', async (q, expected) => {
    const inGarden = expected.filter((name) => COMMENTS[name]?.article === '/garden');
    expect(namesOf((await site.queue(`?q=${encodeURIComponent(q)}`, '/garden')).items)).toEqual(inGarden);
  });

  it('for a site is for lists across sites', async () => {
    const problem = await operator.get(site.path('/moderation/comments?q=site%3Ablog'));
    expectProblem(problem, 400, 'malformed-query');
    expect(problem.body.detail).toContain('`site:`');
    expectProblem(
      await operator.get(site.articlePath('/a', '/moderation/comments?q=-site%3Ablog')),
      400,
      'malformed-query',
    );
    expect((await site.queue('?q=%22site%3Ablog%22')).items).toEqual([]);
  });

  const HOSTILE = [
    `' or '1'='1`,
    `'; drop table comment; --`,
    `") or true --`,
    `%`,
    `%%%%`,
    `_`,
    `\\`,
    `\\\\`,
    `\\%`,
    `$1`,
    `$99`,
    `:a`,
    `::text`,
    `{}`,
    `[`,
    `]`,
    `(?<!`,
    `link:(`,
    `link:)`,
    `link:[`,
    `link:*`,
    `link:a{99999}`,
    `link:(a+)+$`,
    `link:\\`,
    `link:\\y`,
    `link:***=x`,
    `link:(?i)`,
    `link:xn--`,
    `link:..`,
    `link:https://`,
    `link:${'a.'.repeat(90)}`,
    `email:@`,
    `email:'`,
    `email:"a b"@x`,
    `email:%`,
    `author:%`,
    `author:'--`,
    `article:%`,
    `article:' or 1`,
    `article:\\`,
    `-`,
    `--`,
    `---`,
    `-"`,
    `"`,
    `""`,
    `"""`,
    `author:"`,
    `-author:-author:`,
    '-a '.repeat(20).trim(),
    'é'.repeat(200),
    '🦄',
    '\u202e',
    'e\u0301',
    '\u{e0041}',
  ];

  it.each(HOSTILE)('for the hostile text %j answers as for any other', async (q) => {
    for (const list of [site.path('/moderation/comments'), '/v1/moderation/comments']) {
      const answer = await operator.get<{ items: unknown[] }>(`${list}?q=${encodeURIComponent(q)}`);
      expect([q, answer.status]).toEqual([q, 200]);
    }
  });
});

describe('a search across sites', () => {
  it('takes sites in and leaves them out', async () => {
    const [one, two, three] = [await make(), await make(), await make()];
    const word = `gathering${String(serial)}`;
    const ids: string[] = [];
    for (const site of [one, two, three]) {
      ids.push((await site.submitSettled('/a', { body: `${unlikeOthers(ids.length)} ${word}` })).id);
    }
    const ada = await signInMember(service, `ada-${String(serial)}@found.test`, {
      [one.key]: 'viewer',
      [two.key]: 'viewer',
    });
    const find = async (client: TestClient, q: string): Promise<number[]> =>
      (await queueOf(client, `?q=${encodeURIComponent(q)}`)).items.map(({ id }) => ids.indexOf(id));
    expect(await find(ada, '')).toEqual([0, 1]);
    expect(await find(ada, `site:${one.key}`)).toEqual([0]);
    expect(await find(ada, `-site:${one.key}`)).toEqual([1]);
    expect(await find(ada, `site:${three.key}`)).toEqual([]);
    expect(await find(ada, 'site:nowhere')).toEqual([]);
    expect(await find(ada, `site:${one.key} site:${two.key}`)).toEqual([]);
    expect(await find(operator, word)).toEqual([0, 1, 2]);
    expect(await find(operator, `${word} site:${three.key}`)).toEqual([2]);
    expect(await find(operator, `${word} -site:${one.key} -site:${three.key}`)).toEqual([1]);
    expect(await find(operator, `site:${two.key}`)).toEqual([1]);
    expect(await find(operator, 'site:nowhere')).toEqual([]);
    const others = await find(operator, `-site:${one.key}`);
    expect([others.includes(0), others.includes(1), others.includes(2)]).toEqual([false, true, true]);
  });
});

describe('the most doubtful first', () => {
  let site: TestSite;
  let expected: string[];

  beforeAll(async () => {
    site = await make();
    const ids = await site.submitMany(6, '/a');
    ids.push(...(await site.submitMany(3, '/b')));
    const probabilities = [0.9, 0.45, 0.52, 0.1, 0.52, 0.5, 0.3, 0.61, null];
    await asSuperuser(
      service,
      `update comment c set verdict_probability = p.of, is_blind = p.at = 6, verdict_label = case when p.of is null then null else 'unsure' end,
              certainty = case when p.at = 6 then 1 else coalesce(abs(p.of::real - 0.5), 1) end
         from unnest($1::uuid[], $2::float8[]) with ordinality p(id, of, at) where c.id = p.id`,
      [ids, probabilities],
    );
    const certainty = (at: number): number => {
      const probability = probabilities[at];
      return at === 5 || typeof probability !== 'number' ? 1 : Math.abs(probability - 0.5);
    };
    expected = ids
      .map((id, at) => ({ id, certainty: Math.fround(certainty(at)) }))
      .sort((one, other) => one.certainty - other.certainty || (one.id < other.id ? -1 : 1))
      .map(({ id }) => id);
  });

  it.each([1, 2, 50])(
    'in pages of %i, without gaps or doubles, those without a verdict or with a withheld one last',
    async (limit) => {
      const query = `?sort=doubtful&limit=${String(limit)}`;
      expect((await site.all(query)).map(({ id }) => id)).toEqual(expected);
      expect(await walk(operator, `${query}&site=${site.key}`)).toEqual(expected);
      const ofArticle = await site.all(query, '/b');
      expect(ofArticle).toHaveLength(3);
      expect(ofArticle.map(({ id }) => id)).toEqual(expected.filter((id) => ofArticle.some((item) => item.id === id)));
      expect((await site.all(query)).slice(-2).map(({ verdict }) => verdict)).toEqual([null, null]);
    },
  );

  it('is an order of what is found, too', async () => {
    const found = (await site.all('?sort=doubtful&limit=2&q=thought')).map(({ id }) => id);
    expect(found).toEqual(expected);
    expect(await walk(operator, `?sort=doubtful&limit=2&q=thought&site=${site.key}`)).toEqual(expected);
  });

  it('is for what waits alone', async () => {
    for (const list of [
      site.path('/moderation/comments'),
      site.articlePath('/a', '/moderation/comments'),
      '/v1/moderation/comments',
    ]) {
      const problem = await operator.get(`${list}?sort=doubtful&status=spam`);
      expectProblem(problem, 400, 'malformed-query');
      expect(problem.body.detail).toContain('`doubtful`');
    }
  });

  it('is by the verdict that the screening gave', async () => {
    const mine = await make({ blockedWords: ['zebrafish'] });
    await mine.submitSettled('/a', { body: `${unlikeOthers(1)} And a zebrafish.` });
    await mine.submitSettled('/a', {
      body: `${unlikeOthers(2)} See https://one.example.com/ and https://two.example.net/`,
    });
    await mine.submitSettled('/a', { body: unlikeOthers(3) });
    const doubts = (await mine.all('?sort=doubtful')).map(({ verdict }) => Math.abs((verdict?.probability ?? 0) - 0.5));
    expect(doubts).toHaveLength(3);
    expect(doubts).toEqual([...doubts].sort((one, other) => one - other));
  });

  it('has what the service withholds last', async () => {
    const blind = await make();
    await asSuperuser(service, `update site set settings = settings || '{"blindShare": 1}' where key = $1`, [
      blind.key,
    ]);
    let withheld: Item;
    await waitUntil(async () => (withheld = await blind.submitSettled()).blind, 'the service knows of the share');
    const [row] = await asSuperuser<{ certainty: number }>(service, 'select certainty from comment where id = $1', [
      withheld!.id,
    ]);
    expect(row?.certainty).toBe(1);
    expect((await blind.all('?sort=doubtful')).at(-1)?.id).toBe(withheld!.id);
  });
});

describe('by language', () => {
  it('finds the tag and what is more special, beside other filters, in all three lists', async () => {
    const site = await make();
    const ids: string[] = [];
    for (const [article, language] of [
      ['/a', 'de'],
      ['/b', 'de-AT'],
      ['/b', 'den'],
      ['/a', 'en'],
      ['/a', undefined],
    ] as const) {
      ids.push((await site.submitSettled(article, language === undefined ? {} : { language })).id);
    }
    const places = (items: readonly Item[]): number[] => items.map(({ id }) => ids.indexOf(id));
    for (const [query, expected] of [
      ['language=de', [0, 1]],
      ['language=DE-at', [1]],
      ['language=de&sort=newest', [1, 0]],
      ['language=de&article=%2Fb', [1]],
      ['language=de&q=thought', [0, 1]],
      ['language=fr', []],
      ['language=', [0, 1, 2, 3, 4]],
    ] as const) {
      expect([query, places((await site.queue(`?${query}`)).items)]).toEqual([query, expected]);
    }
    expect(places((await site.queue('?language=de', '/b')).items)).toEqual([1]);
    expect(places((await queueOf(operator, `?language=de&site=${site.key}`)).items)).toEqual([0, 1]);
    expectProblem(await operator.get(site.path('/moderation/comments?language=d_e')), 400, 'malformed-query');
    const { nextCursor } = await site.queue('?language=de&limit=1');
    expectProblem(
      await operator.get(site.path(`/moderation/comments?cursor=${String(nextCursor)}`)),
      400,
      'invalid-cursor',
    );
  });
});
