// The walls between two tenants, on every route that /openapi.json has: what is not known here fails, so that no new route
// is forgotten. What they are made of is in test/support/tenant.ts.
import type { OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import { operationsOf, pathWith, type Described } from '../support/described.js';
import { EventStream } from '../support/event-stream.js';
import { bytesOf, kept, makeTenant, type Tenant } from '../support/tenant.js';
import { signInMember } from '../support/test-accounts.js';
import { TestClient, type Answer } from '../support/test-client.js';
import { startTestService, startUnguarded, type TestService } from '../support/test-service.js';

/** Who has one may use it, whoever they are: they are no ids. */
const CREDENTIALS = ['token', 'receipt'];
/** A site's own name for a page, which two sites may share: it finds the own article or none. */
const NAMES = ['article'];
/** What no API key may, whatever its scopes. */
const FOR_PEOPLE = ['replyToComment'];
const AT_ONCE = 8;

let service: TestService;
let document: OpenApiDocument;
let operations: Described[];
let mine: Tenant;
let theirs: Tenant;

interface Case {
  readonly one: Described;
  /** The names in the path that are the other tenant's. */
  readonly foreign: readonly string[];
  readonly path: string;
}

beforeAll(async () => {
  service = await startTestService();
  const operator = await service.signIn();
  [mine, theirs] = [
    await makeTenant(service, operator, 'wall-a', 'quokkaberg'),
    await makeTenant(service, operator, 'wall-b', 'zephyrstein'),
  ];
  document = (await service.anonymous.get<OpenApiDocument>('/openapi.json')).body;
  operations = operationsOf(document);
}, 120_000);

afterAll(() => service.close());

/** Each with foreign ids in every combination of places, and the comment of every status. */
function crossings(own: Tenant, other: Tenant, mayBeForeign: (name: string) => boolean): Case[] {
  // What a page may ask before it sends something is the same for all.
  const asked = operations.filter(({ method }) => method !== 'OPTIONS');
  return asked.flatMap((one) => {
    const places = one.names.filter((name) => !CREDENTIALS.includes(name) && mayBeForeign(name));
    return subsetsOf(places).flatMap((foreign) => {
      const values = { ...valuesFor(own, one) };
      for (const name of foreign)
        values[name] = name === 'article' ? `/of-${other.site.key}` : valuesFor(other, one)[name]!;
      const comments = foreign.includes('id') ? other.comments : [values.id];
      return comments.map((id) => ({ one, foreign, path: pathWith(one.path, { ...values, ...(id && { id }) }) }));
    });
  });
}

function valuesFor({ ids, notes }: Tenant, { path }: Described): Record<string, string> {
  const note = path.includes('/author/notes') ? notes.author : notes.comment;
  return { ...ids, note, token: 'no-such-link', receipt: 'no-such-receipt' };
}

function subsetsOf(names: readonly string[]): string[][] {
  const all = names.reduce<string[][]>((sets, name) => [...sets, ...sets.map((set) => [...set, name])], [[]]);
  return all.filter((set) => set.length > 0);
}

/** The event stream of a site that is one's own never ends. */
const isStream = ({ path }: Described): boolean => path.endsWith('/events');

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<unknown[]> {
  const waiting = [...items];
  const found: unknown[] = [];
  const take = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const fault = await work(item);
      if (fault !== undefined) found.push(fault);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return found;
}

/** What a case must be answered with; null where an own name without an id finds what is one's own, if anything. */
function expectedOf({ one, foreign }: Case, isPerson: boolean): number | null {
  const isForPeople = one.access === 'person' && one.scope === null;
  if (one.access === 'operator' || (isForPeople && !isPerson)) return 403;
  if (FOR_PEOPLE.includes(one.id) && !isPerson && !foreign.includes('site')) return 403;
  return foreign.every((name) => NAMES.includes(name)) && !one.names.includes('id') ? null : 404;
}

async function faultOf(item: Case, client: TestClient, other: Tenant, isPerson: boolean): Promise<unknown> {
  const { one, foreign, path } = item;
  const answer = await client.request(one.method, path, one.body);
  const expected = expectedOf(item, isPerson);
  const leaked = bytesOf(other, answer.text, path);
  const isRight = expected === null ? answer.status < 500 : answer.status === expected;
  if (isRight && leaked.length === 0) return undefined;
  return { operation: one.id, foreign, path, isPerson, status: answer.status, leaked, text: answer.text.slice(0, 300) };
}

describe('a tenant', () => {
  it('has something for every name that stands in a path', () => {
    const names = new Set(operations.flatMap((one) => one.names));
    const unknown = [...names].filter((name) => !CREDENTIALS.includes(name) && !(mine.ids[name] && theirs.ids[name]));
    expect(unknown).toEqual([]);
    expect(operations.length).toBeGreaterThan(100);
  });
});

describe('ids of another tenant', () => {
  it('are 404 in every place of every path, for its owner and for its key with all scopes, and nothing changes', async () => {
    const before = await kept(service, theirs);
    const cases = crossings(mine, theirs, () => true).filter(
      ({ one, foreign }) => !(one.access === 'anybody' && foreign.includes('site')),
    );
    // Those of public routes with a foreign site are what everybody reads.
    expect(cases.length).toBeGreaterThan(400);
    const faults = [
      ...(await eachOf(cases, (one) => faultOf(one, mine.owner, theirs, true))),
      ...(await eachOf(cases, (one) => faultOf(one, mine.key, theirs, false))),
    ];
    expect(faults).toEqual([]);
    expect(await kept(service, theirs)).toEqual(before);
  }, 120_000);
});

/** What of the other tenant may be asked for in a query; an empty list where it is no place for such. */
function foreignQueries(): Record<string, readonly string[]> {
  const { word, ids, site, everyId } = theirs;
  const all = [...everyId];
  return {
    q: [word, `author:${word}`, `email:ada@${word}.test`, `link:${word}.test`, `article:${word}`, all[0]!],
    article: [`/of-${site.key}`],
    campaign: [ids.campaign!],
    site: [site.key],
    reason: ['link-count'],
    status: [],
    reported: [],
    language: [],
    sort: [],
    limit: [],
    weeks: [],
    cursor: [],
  };
}

const READS = (one: Described): boolean => one.method === 'GET' && !isStream(one) && one.access !== 'operator';

describe('lists, searches and cursors', () => {
  it('hold no byte of another tenant, whatever is asked of them', async () => {
    const known = foreignQueries();
    const unknown = operations.flatMap(({ queries }) => queries.filter((name) => !(name in known)));
    expect(unknown).toEqual([]);
    const asked = operations.filter(READS).flatMap((one) => {
      const path = pathWith(one.path, valuesFor(mine, one));
      const queries = one.queries.flatMap((name) =>
        known[name]!.map((value) => `${name}=${encodeURIComponent(value)}`),
      );
      return ['', ...queries].map((query) => ({ one, path: query === '' ? path : `${path}?${query}` }));
    });
    for (const client of [mine.owner, mine.key, service.anonymous]) {
      const faults = await eachOf(asked, async ({ one, path }) => {
        const answer = await client.get(path);
        const leaked = bytesOf(theirs, answer.text, decodeURIComponent(path));
        return answer.status >= 500 || leaked.length > 0
          ? { operation: one.id, path, status: answer.status, leaked }
          : undefined;
      });
      expect(faults).toEqual([]);
    }
  }, 60_000);

  it('begin at no cursor of another tenant, nor of another list', async () => {
    const lists = operations.filter((one) => READS(one) && one.queries.includes('cursor'));
    const cursors = new Map<string, string>();
    for (const one of lists) {
      const answer = await theirs.owner.get(`${pathWith(one.path, valuesFor(theirs, one))}?limit=1`);
      cursors.set(one.id, cursorIn(answer));
    }
    expect([...cursors].filter(([, cursor]) => cursor === '').map(([id]) => id)).toEqual([]);
    const own = lists.flatMap((one) => [...cursors].map(([of, cursor]) => ({ one, of, cursor })));
    const faults = await eachOf(own, async ({ one, of, cursor }) => {
      const path = `${pathWith(one.path, valuesFor(mine, one))}?cursor=${cursor}`;
      const answer = await mine.owner.get(path);
      const isRight = answer.status === 400 && answer.body.code === 'invalid-cursor';
      return isRight
        ? undefined
        : { list: one.id, cursorOf: of, status: answer.status, text: answer.text.slice(0, 200) };
    });
    expect(faults).toEqual([]);
  }, 60_000);
});

it('a cursor of which one bit was flipped is 400, a thousand times', async () => {
  const one = operations.find(({ id }) => id === 'listQueue')!;
  const path = pathWith(one.path, valuesFor(mine, one));
  const bytes = Buffer.from(cursorIn(await mine.owner.get(`${path}?limit=1`)), 'base64url');
  const flips = Array.from({ length: 1_000 }, (_, nth) => (nth * 7) % (bytes.length * 8));
  const faults = await eachOf(flips, async (bit) => {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const { status, body } = await mine.owner.get(`${path}?cursor=${flipped.toString('base64url')}`);
    return status === 400 && body.code === 'invalid-cursor' ? undefined : { bit, status };
  });
  expect(faults).toEqual([]);
}, 60_000);

/** In JSON, or in the link of a feed to its next page. */
function cursorIn({ body, text }: Answer): string {
  const next = (body as { nextCursor?: string | null } | null)?.nextCursor;
  return next ?? /[?&;]cursor=([\w-]+)/.exec(text)?.[1] ?? '';
}

describe('event streams', () => {
  it('tell nothing of another tenant, from the first event on', async () => {
    const headers = { ...mine.owner.credentials, 'last-event-id': '0' };
    const paths = operations.filter(isStream).map((one) => pathWith(one.path, valuesFor(mine, one)));
    const streams = await Promise.all(paths.map((path) => EventStream.open(service.url + path, headers)));
    await theirs.site.submitSettled('/of-wall-b', { articleTitle: theirs.word });
    const { id } = await mine.site.submitSettled('/of-wall-a');
    for (const stream of streams) {
      await waitForOwn(stream, id);
      const told = stream.events.map((event) => JSON.stringify(event)).join('\n');
      stream.close();
      expect(bytesOf(theirs, told)).toEqual([]);
    }
  });
});

async function waitForOwn(stream: EventStream, id: string): Promise<void> {
  for (let count = 1; !stream.events.some(({ data }) => data.id === id); count++) await stream.waitFor(count);
}

describe('without the access guard', () => {
  let open: Awaited<ReturnType<typeof startUnguarded>>;
  let stranger: TestClient;

  beforeAll(async () => {
    stranger = await signInMember(service, 'stranger@nowhere.test', {}, 'A stranger');
    open = await startUnguarded(service);
    // The first look at the description is slow.
    await new TestClient(open.url ?? '').get('/health/live');
  });

  afterAll(() => open.stop());

  const opened = (client: TestClient): TestClient => new TestClient(open.url ?? '', client.credentials);

  it('a stranger may do what the guard forbids', async () => {
    expect((await stranger.get(mine.site.path('/rules'))).status).toBe(404);
    expect((await mine.key.get(theirs.site.path('/rules'))).status).toBe(404);
    const answer = await opened(stranger).get(mine.site.path('/rules'));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(mine.word);
    const change = { name: `The ${theirs.word} of wall-b` };
    expect((await opened(mine.key).request('PATCH', theirs.site.path(), change)).status).toBe(200);
  });

  it.each(['a stranger', 'the key of a third'])(
    'the database still keeps the site in the path apart from ids of another, for %s',
    async (who) => {
      for (const [own, other] of [
        [mine, theirs],
        [theirs, mine],
      ] as const) {
        const client = opened(who === 'a stranger' ? stranger : other.key);
        const before = await kept(service, other);
        const cases = crossings(own, other, (name) => name !== 'site').filter(({ one }) => one.names.includes('site'));
        expect(cases.length).toBeGreaterThan(150);
        expect(await eachOf(cases, (one) => faultOf(one, client, other, who === 'a stranger'))).toEqual([]);
        expect(await kept(service, other)).toEqual(before);
      }
    },
    60_000,
  );

  it('lists of the site in the path hold nothing of another', async () => {
    const asked = operations.filter((one) => READS(one) && one.names[0] === 'site');
    const faults = await eachOf(asked, async (one) => {
      const path = pathWith(one.path, valuesFor(mine, one));
      const answer = await opened(stranger).get(one.id === 'countComments' ? `${path}?article=/same` : path);
      const leaked = bytesOf(theirs, answer.text);
      return answer.status !== 200 || leaked.length > 0
        ? { operation: one.id, status: answer.status, leaked }
        : undefined;
    });
    expect(faults).toEqual([]);
  });
});
