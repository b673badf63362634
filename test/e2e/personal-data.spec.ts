import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { Redis } from 'ioredis';
import { runWinnow } from '../../src/cli/run-winnow.js';
import { makeLogger } from '../../src/platform/logging/logger.js';
import { eachBackend } from '../support/gates.js';
import { expectProblem, pointersOf } from '../support/problems.js';
import { startServiceHere } from '../support/service-here.js';
import { asSuperuser, signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { testEnvironment, type TestService } from '../support/test-service.js';
import { TestSite, unlikeOthers, type Submitted } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

/* What is kept of one person: given out, and erased wherever it is. */

const CANARY = {
  email: 'canary.person@private-canary.example',
  name: 'Canary Personname',
  url: 'https://private-canary.example/home',
  text: 'the canarytext of a private thought',
  earlier: 'the canaryearlier text of before',
  reason: 'canaryreason: too long',
  note: 'canarynote for colleagues',
  report: 'canaryreport of a reader',
  domain: 'canarydomain.example',
  key: 'canary-idempotency-key',
} as const;

interface Exported {
  readonly email: string;
  readonly notes: readonly { readonly text: string }[];
  readonly rules: readonly { readonly action: string }[];
  readonly comments: readonly {
    readonly id: string;
    readonly status: string;
    readonly body: string;
    readonly author: unknown;
    readonly network: string | null;
    readonly taught: string | null;
    readonly earlierTexts: readonly { readonly body: string }[];
    readonly notes: readonly { readonly text: string }[];
    readonly reports: readonly { readonly reason: string }[];
    readonly events: readonly { readonly action: string; readonly reason: string | null; readonly by: string }[];
    readonly [member: string]: unknown;
  }[];
}

let lines = '';
let service: TestService;
let operator: TestClient;
let serial = 0;

async function start(redisUrl = '', role = 'all'): Promise<void> {
  lines = '';
  const written = { write: (line: string): void => void (lines += line) };
  service = await startServiceHere(
    { LOG_LEVEL: 'trace', REDIS_URL: redisUrl, ROLE: role },
    makeLogger('trace', written),
  );
  operator = await service.signIn();
}

const makeSite = (): Promise<TestSite> =>
  TestSite.make(operator, service.anonymous, { key: `person-${String(++serial)}`, settings: { editMinutes: 60 } });

const people = (site: TestSite, what: 'export' | 'erase', email: string, client = operator) =>
  client.post<Exported>(site.path(`/people/${what}`), { email });

/** All tables of all schemas but PostgreSQL's own, each row as one text: whatever the type of a column, it is in there. */
async function tablesWith(needles: readonly string[]): Promise<string[]> {
  const tables = await asSuperuser<{ name: string }>(
    service,
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
  );
  expect(tables.length).toBeGreaterThan(30);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await asSuperuser<{ needle: string }>(
      service,
      `select distinct needle from ${name} t, unnest($1::text[]) needle where position(lower(needle) in lower(t::text)) > 0`,
      [needles],
    );
    found.push(...rows.map(({ needle }) => `${name}: ${needle}`));
  }
  return found.sort();
}

/** As it is, as bytes, and digested without a key. */
function shapesOf(secret: string): string[] {
  const inner = (encoded: string): string => encoded.replace(/=+$/, '').slice(0, -2);
  const bytes = Buffer.from(secret);
  return [
    ...[secret, encodeURIComponent(secret), bytes.toString('hex'), inner(bytes.toString('base64'))],
    ...['md5', 'sha1', 'sha256'].flatMap((name) => {
      const digest = createHash(name).update(secret).digest();
      return [digest.toString('hex'), inner(digest.toString('base64'))];
    }),
  ];
}

const EVERYTHING = ['canary', ...Object.values(CANARY).flatMap(shapesOf)];

/** Every key with what it holds, read by its type: a dump would be compressed. */
async function redisText(url: string): Promise<string> {
  const redis = new Redis(url);
  const readers: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => redis.get(key),
    list: (key) => redis.lrange(key, 0, -1),
    set: (key) => redis.smembers(key),
    zset: (key) => redis.zrange(key, '0', '-1'),
    hash: (key) => redis.hgetall(key),
    stream: (key) => redis.xrange(key, '-', '+'),
    // Gone since the keys were listed.
    none: () => Promise.resolve(null),
  };
  try {
    const held = (await redis.keys('*')).map(async (key) => [key, await readers[await redis.type(key)]?.(key)]);
    expect(held.length).toBeGreaterThan(0);
    return JSON.stringify(await Promise.all(held)).replaceAll('\\"', '"');
  } finally {
    redis.disconnect();
  }
}

/** Comments of every status, and everything that can be kept of their author beside them. */
async function leaveTraces(site: TestSite): Promise<Record<string, string>> {
  const author = { name: CANARY.name, email: CANARY.email, url: CANARY.url };
  const body = (): string => `${unlikeOthers(++serial)} ${CANARY.text} http://${CANARY.domain}/${String(serial)}`;
  const submit = (headers: Record<string, string> = {}) =>
    service.anonymous.comment<Submitted>(site.key, '/a', { author, body: body() }, headers);
  const ids: Record<string, string> = {};
  for (const action of ['publish', 'approve', 'reject', 'spam', 'restore', 'unpublish']) {
    const { body: submitted } = await submit(action === 'publish' ? { 'idempotency-key': CANARY.key } : {});
    await site.settled(submitted.id);
    if (action === 'unpublish') await site.decided(submitted.id, 'publish');
    if (action === 'restore') await site.decided(submitted.id, 'spam');
    await site.decided(
      submitted.id,
      action,
      action === 'reject' ? { reason: CANARY.reason, note: CANARY.note } : undefined,
    );
    ids[action] = submitted.id;
  }
  const reply = await site.submit('/a', { parentId: ids.publish, author: { email: 'bob@analytical.org' } });
  ids.reply = (await site.settled(reply.id)).id;
  await site.decided(ids.reply, 'publish');
  const { body: edited } = await service.anonymous.comment<Submitted>(site.key, '/a', { author, body: CANARY.earlier });
  await site.settled(edited.id);
  await service.anonymous.request('PATCH', `/v1/receipts/${edited.receipt}`, { body: body() });
  ids.edit = (await site.settled(edited.id)).id;
  const report = site.articlePath('/a', `/comments/${ids.publish ?? ''}/report`);
  expect((await service.anonymous.post(report, { reason: CANARY.report })).status).toBe(202);
  for (const place of ['notes', 'author/notes']) {
    const path = site.path(`/moderation/comments/${ids.approve ?? ''}/${place}`);
    expect((await operator.post(path, { text: CANARY.note })).status).toBe(201);
  }
  for (const action of ['allow', 'hold']) {
    const rule = { field: 'address', match: 'exact', value: CANARY.email.toUpperCase(), action };
    expect((await operator.post(site.path('/rules'), rule)).status).toBe(201);
  }
  const job = { action: 'spam', filter: { status: 'pending', q: `email:${CANARY.email}` }, reason: CANARY.reason };
  const made = await operator.post<{ id: string }>(site.path('/moderation/jobs'), job);
  await waitUntil(async () => {
    const { body: now } = await operator.get<{ state: string }>(site.path(`/moderation/jobs/${made.body.id}`));
    return now.state === 'done';
  }, 'the large act has ended');
  await waitUntil(async () => {
    const rows = await asSuperuser(service, 'select from learned_comment where comment_id = $1', [ids.spam]);
    return rows.length > 0;
  }, 'what was decided is learned');
  return ids;
}

eachBackend('what is kept of one person', ({ redisUrl, name: backend }) => {
  beforeAll(() => start(redisUrl));
  afterAll(() => service.close());

  it('is exported whole, however the address is typed, and erased from every table, queue and log', async () => {
    const site = await makeSite();
    const ids = await leaveTraces(site);
    // What is looked for below is there before, in every place where it can be.
    expect(await tablesWith(['canary'])).toEqual(
      ['', '_event', '_link', '_report', '_revision', '_search']
        .map((rest) => `public.comment${rest}: canary`)
        .concat(['moderation_job', 'moderator_note', 'site_rule'].map((table) => `public.${table}: canary`)),
    );

    const exported = await people(site, 'export', ' Canary.Person@Private-Canary.example');
    expect(exported.status).toBe(200);
    expect(exported.headers.get('content-disposition')).toBe('attachment; filename="person.json"');
    const { comments, notes, rules } = exported.body;
    const byId = new Map(comments.map((comment) => [comment.id, comment]));
    expect([...byId.keys()].sort()).toEqual(
      Object.entries(ids)
        .filter(([what]) => what !== 'reply')
        .map(([, id]) => id)
        .sort(),
    );
    expect([notes.map(({ text }) => text), rules.map(({ action }) => action)]).toEqual([
      [CANARY.note],
      ['allow', 'hold'],
    ]);
    expect(byId.get(ids.publish!)).toMatchObject({
      ...{ status: 'published', article: { key: '/a' }, network: '127.0.0.0/24', taught: 'ham' },
      author: { name: CANARY.name, email: CANARY.email, url: CANARY.url },
      reports: [{ reason: CANARY.report }],
    });
    expect(byId.get(ids.reject!)?.events).toContainEqual(
      expect.objectContaining({ action: 'reject', reason: CANARY.reason, note: CANARY.note, by: 'person' }),
    );
    expect(byId.get(ids.edit!)?.earlierTexts).toMatchObject([{ body: CANARY.earlier }]);
    expect(byId.get(ids.approve!)?.notes).toMatchObject([{ text: CANARY.note }]);
    const fingerprints = await asSuperuser<{ text: string }>(
      service,
      `select distinct fingerprint::text as text from comment where author_key = $1`,
      [CANARY.email],
    );

    const erased = await people(site, 'erase', CANARY.email.toUpperCase());
    expect([erased.status, erased.body]).toEqual([200, { comments: 7, notes: 1, rules: 2, done: true }]);
    expect(await tablesWith([...EVERYTHING, ...fingerprints.map(({ text }) => text)])).toEqual([]);
    const learned = 'select from learned_comment l where l.comment_id = any ($1)';
    expect(await asSuperuser(service, learned, [Object.values(ids).filter((id) => id !== ids.reply)])).toEqual([]);
    if (backend === 'redis') {
      const kept = await redisText(redisUrl);
      expect(EVERYTHING.filter((needle) => kept.includes(needle))).toEqual([]);
    }
    expect(EVERYTHING.filter((needle) => lines.includes(needle))).toEqual([]);

    const again = await people(site, 'erase', CANARY.email);
    expect(again.body).toEqual({ comments: 0, notes: 0, rules: 0, done: true });
    expect((await people(site, 'export', CANARY.email)).body).toMatchObject({ notes: [], rules: [], comments: [] });
    expect(await site.read(ids.reply!)).toMatchObject({ status: 'published', parentId: ids.publish });
  }, 120_000);
});

eachBackend('a job that waits', ({ redisUrl, name: backend }) => {
  beforeAll(() => start(redisUrl, 'web'));
  afterAll(() => service.close());

  it('holds ids and nothing of the person, whatever it is for', async () => {
    const site = await makeSite();
    const author = { name: CANARY.name, email: CANARY.email, url: CANARY.url };
    const { id } = await site.submit('/a', { author, body: CANARY.text });
    await site.decided(id, 'spam', { reason: CANARY.reason, note: CANARY.note });
    const filter = { status: 'spam', q: `email:${CANARY.email}` };
    const { body: job } = await operator.post<{ id: string }>(site.path('/moderation/jobs'), {
      action: 'approve',
      filter,
    });
    const [{ siteId } = { siteId: '' }] = await asSuperuser<{ siteId: string }>(
      service,
      'select site_id as "siteId" from comment where id = $1',
      [id],
    );
    const queued = async (): Promise<string> =>
      backend === 'redis'
        ? redisText(redisUrl)
        : (await asSuperuser<{ text: string }>(service, 'select t::text as text from bullmq.job t'))
            .map(({ text }) => text)
            .join('\n');
    let text = '';
    await waitUntil(async () => {
      text = await queued();
      return [id, job.id, siteId].every((one) => text.includes(one));
    }, 'a job of the screening, of the learning and of the large act waits');
    expect(EVERYTHING.filter((needle) => text.includes(needle))).toEqual([]);
  });
});

describe('the routes', () => {
  beforeAll(() => start());
  afterAll(() => service.close());

  it('are for owners and keys that administer, and each use is recorded without the address', async () => {
    const site = await makeSite();
    await site.submitSettled('/a', { author: { email: CANARY.email } });
    const mo = await signInMember(service, `mo-${site.key}@person.test`, { [site.key]: 'moderator' });
    const owner = await signInMember(service, `owner-${site.key}@person.test`, { [site.key]: 'owner' });
    const stranger = await signInMember(service, `stranger-${site.key}@person.test`, {});
    for (const what of ['export', 'erase'] as const) {
      expectProblem(await people(site, what, CANARY.email, mo), 403, 'forbidden');
      expectProblem(await people(site, what, CANARY.email, await site.apiKey('moderation:write')), 403, 'forbidden');
      expectProblem(await people(site, what, CANARY.email, stranger), 404, 'site-not-found');
      expectProblem(await people(site, what, CANARY.email, service.anonymous), 401, 'not-signed-in');
      for (const wrong of [' ', '@', '@private-canary.example', 'nobody']) {
        const refused = await people(site, what, wrong);
        expectProblem(refused, 422, 'invalid-body');
        expect(pointersOf(refused)).toEqual(['/email']);
      }
    }
    expect((await people(site, 'export', CANARY.email, await site.apiKey('site:admin'))).status).toBe(200);
    expect((await people(site, 'erase', CANARY.email, owner)).status).toBe(200);
    const { body } = await owner.get<{ items: { action: string; detail: unknown; by: { name: string } }[] }>(
      site.path('/audit'),
    );
    const told = body.items.filter(({ action }) => action.startsWith('person-'));
    expect(told.map(({ action, detail }) => [action, detail])).toEqual([
      ['person-erased', { comments: 1, notes: 0, rules: 0 }],
      ['person-exported', { comments: 1 }],
    ]);
    expect(JSON.stringify(told)).not.toContain('canary');
  });

  it('reach one site only', async () => {
    const [one, other] = [await makeSite(), await makeSite()];
    await one.submitSettled('/a', { author: { email: CANARY.email } });
    const kept = await other.submitSettled('/a', { author: { email: CANARY.email } });
    expect((await people(one, 'erase', CANARY.email)).body).toMatchObject({ comments: 1 });
    expect(await other.read(kept.id)).toMatchObject({ author: { email: CANARY.email } });
  });
});

describe('winnow person', () => {
  beforeAll(() => start());
  afterAll(() => service.close());

  async function person(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const read = async (stream: PassThrough): Promise<string> => {
      let text = '';
      for await (const piece of stream) text += String(piece);
      return text;
    };
    const texts = Promise.all([read(out), read(err)]);
    const interrupted = new AbortController().signal;
    const environment = testEnvironment(service.database);
    const code = await runWinnow(['person', ...args], { in: new PassThrough(), out, err, environment, interrupted });
    out.end();
    err.end();
    const [printed, told] = await texts;
    return { code, out: printed, err: told };
  }

  it('exports and erases one person on one site or on all of them, and says so when there is nothing', async () => {
    const [one, other] = [await makeSite(), await makeSite()];
    for (const site of [one, other])
      await site.submitSettled('/a', { author: { email: CANARY.email }, body: CANARY.text });
    const exported = await person('export', CANARY.email);
    const { sites } = JSON.parse(exported.out) as { sites: { site: { key: string }; comments: { body: string }[] }[] };
    expect(exported.code).toBe(0);
    expect(sites.map(({ site, comments }) => [site.key, comments.map(({ body }) => body)])).toEqual([
      [one.key, [CANARY.text]],
      [other.key, [CANARY.text]],
    ]);
    expect(exported.err).toBe(`${one.key}: 1 comment.\n${other.key}: 1 comment.\n`);
    expect(await person('erase', CANARY.email, '--site', one.key)).toMatchObject({
      code: 0,
      out: `${one.key}: erased 1 comment, 0 notes on the author, 0 rules.\n`,
    });
    expect((JSON.parse((await person('export', CANARY.email)).out) as { sites: unknown[] }).sites).toHaveLength(1);
    expect(await person('erase', CANARY.email)).toMatchObject({ code: 0 });
    expect(await tablesWith(EVERYTHING)).toEqual([]);
    expect(await person('erase', CANARY.email)).toEqual({
      code: 0,
      out: 'No site keeps anything of this address.\n',
      err: '',
    });
    expect((await person('export', CANARY.email)).out).toBe('{"sites":[]}\n');
  });

  it('says what is wrong', async () => {
    expect(await person('erase', CANARY.email, '--site', 'nowhere')).toEqual({
      ...{ code: 1, out: '', err: 'winnow: There is no site "nowhere".\n' },
    });
    expect(await person('erase', 'nobody')).toMatchObject({ code: 1, out: '' });
    expect(await person('erase')).toMatchObject({ code: 2, out: '' });
  });
});
