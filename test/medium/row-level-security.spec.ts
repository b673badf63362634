import { protectBySite } from '../../src/platform/database/row-level-security.js';
import { newId, type ArticleId, type CampaignId, type CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { insertJob } from '../support/moderation-jobs.js';
import { TestStage } from '../support/test-stage.js';

/** They belong to no site, or are needed before anybody knows the site (named in the design). */
const WITHOUT_WALLS =
  'account api_key migrations operator_invitation password_reset service_secret session sign_in_try'.split(' ');
const TENANT_TABLES = (
  'act article campaign comment comment_claim comment_event comment_link comment_report ' +
  'comment_revision comment_search filter_record idempotency_record invitation learned_comment ' +
  'learned_site membership moderation_job moderation_job_item moderator_note site site_counter ' +
  'site_rule'
).split(' ');

let stage: TestStage;
let mine: KnownSite;
let foreign: KnownSite;
let mineId: CommentId;
let foreignId: CommentId;
let third: KnownSite;
let thirdId: CommentId;

beforeAll(async () => {
  stage = await TestStage.open(1);
  mine = await stage.addSite();
  foreign = await stage.addSite();
  mineId = await fill(mine);
  foreignId = await fill(foreign);
  third = await stage.addSite();
  thirdId = await fill(third);
});

afterAll(() => stage.close());

const TOGETHER = `
  with k as (insert into comment_claim values ($1, $2, $3, 'A', now())), a as (
    insert into act values ($1, $3, now(), 'person', $3, 'A', 'site-made'))
  insert into moderator_note values ($1, $3, $2, null, 'Rude.', $3, 'A', now())`;

/** At least one row of the site in every tenant table. */
async function fill(site: KnownSite): Promise<CommentId> {
  const [id] = await stage.receive(site, 1, { body: 'A word about trigrams.' });
  const result = {
    siteId: site.id,
    id: id!,
    revision: 1,
    to: 'pending' as const,
    reason: 'A test.',
    verdict: { label: 'ham' as const, probability: 0.1, score: -2, signals: [] },
    ...{ html: '<p></p>', rendererVersion: 1, linkDomains: [] },
    campaign: { id: newId<CampaignId>(), nearFingerprint: Array<number>(16).fill(0) },
  };
  await stage.database.acrossSites('screen a batch', (manager) => stage.mover.screen(manager, [result], new Date()));
  await stage.postgres.query("insert into comment_link values ($1, $2, 'example.com', 'spam', now())", [site.id, id]);
  await stage.postgres.query("insert into comment_revision values ($1, $2, 1, 'Before.', 2)", [site.id, id]);
  await stage.postgres.query("insert into comment_report values ($1, $2, '', 'Rude.', now())", [site.id, id]);
  const learned = `with s as (insert into learned_site values ($1)) insert into learned_comment values ($1, $2, 1, 'spam', 1, '')`;
  await stage.postgres.query(learned, [site.id, id]);
  await stage.postgres.query(TOGETHER, [site.id, id, newId()]);
  const account = newId();
  await stage.postgres.query('insert into account values ($1, $2, $3, $4, false, now())', [account, account, 'A', 'x']);
  await stage.postgres.query("insert into membership values ($1, $2, 'owner', now())", [site.id, account]);
  await stage.postgres.query(
    "insert into invitation values ($1, $2, 'a@blog.example', 'viewer', sha256($3), now(), now())",
    [site.id, newId(), Buffer.from(site.id)],
  );
  await stage.postgres.query(
    "insert into site_rule values ($1, $2, 'text', 'word', 'casino', 'hold', null, now(), 'A')",
    [site.id, newId()],
  );
  await insertJob(stage, site.id, account, id!);
  return id!;
}

async function refusal(sql: string, parameters: unknown[] = []): Promise<string> {
  try {
    await stage.dataSource.query(sql, parameters);
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the tables', () => {
  it('are all behind the wall but the named exceptions', async () => {
    const rows = await stage.rows<{ name: string; enabled: boolean; forced: boolean }>(
      `select relname as name, relrowsecurity as enabled, relforcerowsecurity as forced from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`,
    );
    const walled = rows.filter(({ enabled, forced }) => enabled && forced).map(({ name }) => name);
    expect(walled).toEqual(TENANT_TABLES);
    expect(rows.map(({ name }) => name).filter((name) => !walled.includes(name))).toEqual(WITHOUT_WALLS);
  });

  it('that hold a site id are behind the wall, but for the keys that find their site', async () => {
    const rows = await stage.rows<{ name: string }>(
      `select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'site_id' order by 1`,
    );
    expect(rows.map(({ name }) => name).filter((name) => !TENANT_TABLES.includes(name))).toEqual(['api_key']);
  });

  it('all have the same policy, for reading and for writing', async () => {
    const rows = await stage.rows<{ name: string; command: string; using: string; check: string; roles: string }>(
      `select tablename as name, cmd as command, replace(qual, '(id =', '(site_id =') as using,
              replace(with_check, '(id =', '(site_id =') as check, roles::text
         from pg_policies where schemaname = 'public' and policyname = 'one_site'`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(TENANT_TABLES);
    expect(new Set(rows.map(({ name: _, ...policy }) => JSON.stringify(policy))).size).toBe(1);
    expect(rows[0]?.using).toBe(rows[0]?.check);
  });

  it('of later get that policy too', async () => {
    const policy = `select qual as using, with_check as check from pg_policies where tablename = $1 and policyname = 'one_site'`;
    await stage.postgres.query(`create table later (site_id uuid); ${protectBySite('later')}`);
    const later = await stage.one(policy, ['later']);
    await stage.postgres.query('drop table later');
    expect(later).toEqual(await stage.one(policy, ['comment']));
  });

  it('have no other policy but that of the search', async () => {
    const rows = await stage.rows(`select tablename, roles::text from pg_policies where policyname <> 'one_site'`);
    expect(rows).toEqual([{ tablename: 'comment_search', roles: '{winnow_search}' }]);
  });

  it('have no unchecked neighbour: no view, and no unknown function that runs as somebody else', async () => {
    const views = await stage.rows(
      `select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace`,
    );
    expect(views).toEqual([]);
    const functions = await stage.rows<{ proname: string }>(
      `select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1`,
    );
    expect(functions.map(({ proname }) => proname)).toEqual([
      'empty_words_of_events',
      'search_comment_ids',
      'search_sites',
      // Triggers: what goes with a deleted row.
      'take_along_with_article',
      'take_along_with_comment',
      'take_along_with_site',
    ]);
  });
});

describe('without a site', () => {
  it.each(TENANT_TABLES)('no row of %s is seen', async (table) => {
    const [all] = await stage.rows<{ count: number }>(`select count(*)::int from ${table}`);
    expect(all?.count).toBeGreaterThan(0);
    expect(await stage.dataSource.query(`select 1 from ${table}`)).toEqual([]);
  });

  it('nothing is changed and nothing deleted', async () => {
    const [, updated] = await stage.dataSource.query<[unknown, number]>(`update comment set body = 'x'`);
    const [, deleted] = await stage.dataSource.query<[unknown, number]>('delete from comment');
    expect([updated, deleted]).toEqual([0, 0]);
  });

  it('nothing is written', async () => {
    expect(await refusal('insert into site_counter (site_id) values ($1)', [newId()])).toContain('row-level security');
  });
});

describe('inside one site', () => {
  const inMine = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> =>
    stage.database.inSite(mine.id, (manager) => manager.query(sql, parameters));

  it.each(TENANT_TABLES)('only its own rows of %s are seen', async (table) => {
    const column = table === 'site' ? 'id' : 'site_id';
    const rows = await inMine<{ site: string }>(`select distinct ${column} as site from ${table}`);
    expect(rows).toEqual([{ site: mine.id }]);
  });

  it('a row of another site is neither changed nor deleted, even when it is named', async () => {
    expect(await inMine('update comment set body = $1 where id = $2 returning id', ['x', foreignId])).toEqual([[], 0]);
    expect(await inMine('delete from comment where site_id = $1 returning id', [foreign.id])).toEqual([[], 0]);
    expect(await stage.countByStatus(foreign.id)).toEqual({ pending: 1 });
  });

  it('no row is written for another site, nor handed over to it', async () => {
    await expect(
      inMine('insert into article (site_id, id, key, created_at) values ($1, $2, $3, now())', [
        foreign.id,
        newId<ArticleId>(),
        '/x',
      ]),
    ).rejects.toThrow('row-level security');
    await expect(
      inMine('update idempotency_record set site_id = $1 where site_id = $2', [foreign.id, mine.id]),
    ).rejects.toThrow('row-level security');
  });

  it('a comment that names an article of another site shows nothing of it', async () => {
    const { id } = await stage.one<{ id: string }>('select id from article where site_id = $1', [foreign.id]);
    const [own] = await stage.receive(mine, 1);
    await inMine('update comment set article_id = $1 where id = $2', [id, own]);
    const joined = 'from comment c join article a on a.id = c.article_id where c.id = $1';
    expect(await inMine(`select a.key ${joined}`, [own])).toEqual([]);
    await inMine('delete from comment where id = $1', [own]);
  });

  it('what goes with a deleted comment goes in its own site only, and the setting is as before', async () => {
    const [own] = await stage.receive(mine, 1);
    const seen = await stage.database.inSite(mine.id, async (manager) => {
      await manager.query('delete from comment where id = $1', [own]);
      return manager.query<object[]>('select site_id from comment_event where comment_id = $1 or site_id = $2', [
        own,
        foreign.id,
      ]);
    });
    expect(seen).toEqual([]);
    expect(await stage.countByStatus(foreign.id)).toEqual({ pending: 1 });
  });

  it('a person decides nothing on another site', async () => {
    const outcomes = await stage.database.inSite(mine.id, (manager) =>
      stage.mover.decide(
        manager,
        { id: foreign.id, publishOnApproval: true },
        [{ id: foreignId, decision: 'publish' }],
        { kind: 'person', id: null, name: 'Mallory' },
        new Date(),
      ),
    );
    expect(outcomes).toMatchObject([{ ruling: { kind: 'comment-not-found' } }]);
  });

  it('the search gives ids of that site only, and none without a site', async () => {
    const search = `select id from search_comment_ids('%trigrams%', 100) id`;
    expect(await inMine(search)).toEqual([{ id: mineId }]);
    expect(await stage.dataSource.query(search)).toEqual([]);
    expect(await stage.database.acrossSites('sweep', (manager) => manager.query(search))).toEqual([]);
  });
});

describe('inside several sites', () => {
  const inTwo = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> =>
    stage.database.inSites([mine.id, third.id], (manager) => manager.query(sql, parameters));
  const inNone = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> =>
    stage.database.inSites([], (manager) => manager.query(sql, parameters));

  it.each(TENANT_TABLES)('only their own rows of %s are seen', async (table) => {
    const column = table === 'site' ? 'id' : 'site_id';
    const rows = await inTwo<{ site: string }>(`select distinct ${column} as site from ${table} order by 1`);
    expect(rows).toEqual([mine.id, third.id].sort().map((site) => ({ site })));
  });

  it.each(TENANT_TABLES)('no row of %s is seen where the list is empty', async (table) => {
    expect(await inNone(`select 1 from ${table}`)).toEqual([]);
  });

  it('a row of a site that is not listed is neither changed nor deleted, even when it is named', async () => {
    expect(await inTwo('update comment set body = $1 where id = $2 returning id', ['x', foreignId])).toEqual([[], 0]);
    expect(await inTwo('delete from comment where site_id = $1 returning id', [foreign.id])).toEqual([[], 0]);
    expect(await inNone(`update comment set body = 'x' returning id`)).toEqual([[], 0]);
    expect(await stage.countByStatus(foreign.id)).toEqual({ pending: 1 });
  });

  it('no row is written for a site that is not listed, nor handed over to it', async () => {
    const insert = 'insert into article (site_id, id, key, created_at) values ($1, $2, $3, now())';
    await expect(inTwo(insert, [foreign.id, newId<ArticleId>(), '/x'])).rejects.toThrow('row-level security');
    await expect(inNone(insert, [mine.id, newId<ArticleId>(), '/x'])).rejects.toThrow('row-level security');
    await expect(
      inTwo('update idempotency_record set site_id = $1 where site_id = $2', [foreign.id, mine.id]),
    ).rejects.toThrow('row-level security');
  });

  it('a person decides on the listed sites and on no other, in one go', async () => {
    const asked = [
      { site: { id: foreign.id, publishOnApproval: true }, request: { id: foreignId, decision: 'reject' as const } },
      { site: { id: third.id, publishOnApproval: true }, request: { id: thirdId, decision: 'reject' as const } },
    ];
    const outcomes = await stage.database.inSites([mine.id, third.id], (manager) =>
      stage.mover.decideOnSites(manager, asked, { kind: 'person', id: null, name: 'Mallory' }, new Date()),
    );
    expect(outcomes).toMatchObject([{ ruling: { kind: 'comment-not-found' } }, { ruling: { kind: 'moved' } }]);
    expect(await stage.countByStatus(foreign.id)).toEqual({ pending: 1 });
    expect(await stage.countByStatus(third.id)).toEqual({ rejected: 1 });
  });

  it('the search gives hits of listed sites only, whatever sites it is asked for', async () => {
    const search = `select comment_id as id from search_sites($1, '%trigrams%', 100) order by 1`;
    const all = [mine.id, foreign.id, third.id];
    const ids = (...wanted: CommentId[]): unknown => wanted.sort().map((id) => ({ id }));
    expect(await inTwo(search, [all])).toEqual(ids(mineId, thirdId));
    expect(await inTwo(search, [[foreign.id]])).toEqual([]);
    expect(await inTwo(search, [null])).toEqual([]);
    expect(await inNone(search, [all])).toEqual([]);
    expect(await stage.dataSource.query(search, [all])).toEqual([]);
    expect(await stage.dataSource.query(search, [null])).toEqual([]);
    const inOne = stage.database.inSite(mine.id, (manager) => manager.query<unknown[]>(search, [all]));
    expect(await inOne).toEqual([]);
    const across = (sites: unknown): Promise<unknown> =>
      stage.database.acrossSites('sweep', (manager) => manager.query(search, [sites]));
    expect(await across(null)).toEqual(ids(mineId, foreignId, thirdId));
    expect(await across([foreign.id])).toEqual(ids(foreignId));
  });

  it('the search stops at as many hits as were asked for', async () => {
    const search = `select 1 from search_sites($1, '%trigrams%', 1)`;
    expect(await inTwo(search, [[mine.id, third.id]])).toHaveLength(1);
  });
});

describe('the setting', () => {
  const settings = (): Promise<unknown> =>
    stage.dataSource.query(
      `select coalesce(current_setting('app.site_id', true), '') as site,
              coalesce(current_setting('app.site_ids', true), '') as sites,
              coalesce(current_setting('app.across_sites', true), '') as across, pg_backend_pid() as pid`,
    );
  const NONE = { site: '', sites: '', across: '' };

  // The pool of this file has one connection, so the next borrower always gets the same one.
  it('does not leak to the next borrower of the connection', async () => {
    const [row] = await stage.database.inSite(mine.id, (manager) =>
      manager.query<{ pid: number }[]>('select pg_backend_pid() as pid'),
    );
    await expect(settings()).resolves.toMatchObject([{ ...NONE, ...row }]);
    await stage.database.acrossSites('sweep', (manager) => manager.query('select 1'));
    await expect(settings()).resolves.toMatchObject([NONE]);
    await stage.database.inSites([mine.id, foreign.id], (manager) => manager.query('select 1'));
    await expect(settings()).resolves.toMatchObject([NONE]);
    expect(await stage.dataSource.query('select 1 from comment')).toEqual([]);
  });

  it('does not leak from a transaction that failed', async () => {
    const broken = stage.database.inSite(mine.id, (manager) => manager.query('select 1/0'));
    await expect(broken).rejects.toThrow('division by zero');
    const thrown = stage.database.acrossSites('sweep', () => Promise.reject(new Error('a bug')));
    await expect(thrown).rejects.toThrow('a bug');
    const listed = stage.database.inSites([mine.id], (manager) => manager.query('select 1/0'));
    await expect(listed).rejects.toThrow('division by zero');
    await expect(settings()).resolves.toMatchObject([NONE]);
    expect(await stage.dataSource.query('select 1 from comment')).toEqual([]);
  });

  it('of one site does not widen what a crossing transaction began, nor the other way', async () => {
    await stage.database.acrossSites('sweep', (manager) => manager.query('select 1'));
    const rows = await stage.database.inSite(mine.id, (manager) =>
      manager.query<unknown[]>('select site_id from comment'),
    );
    expect(rows).toEqual([{ site_id: mine.id }]);
    await stage.database.inSites([mine.id, third.id, foreign.id], (manager) => manager.query('select 1'));
    const ofTwo = await stage.database.inSites([mine.id, third.id], (manager) =>
      manager.query<unknown[]>('select site_id from comment'),
    );
    expect(ofTwo).toHaveLength(2);
  });
});

describe('the role the service works as', () => {
  it.each([
    ['make a table', 'create table mine (id int)', 'permission denied for schema public'],
    ['make a schema', 'create schema mine', 'permission denied for database'],
    ['make a function', `create function f() returns int language sql as 'select 1'`, 'permission denied for schema'],
    ['empty a table', 'truncate comment', 'permission denied for table comment'],
    ['drop a table', 'drop table comment', 'must be owner of table comment'],
    ['take the wall down', 'alter table comment disable row level security', 'must be owner of table comment'],
    ['take the force away', 'alter table comment no force row level security', 'must be owner of table comment'],
    ['make a policy', 'create policy mine on comment using (true)', 'must be owner of table comment'],
    ['disable a trigger', 'alter table comment disable trigger all', 'must be owner of table comment'],
    ['become the owner', 'set role owner', 'permission denied to set role "owner"'],
    ['become the searcher', 'set role winnow_search', 'permission denied to set role "winnow_search"'],
    ['become the superuser', 'set session authorization postgres', 'permission denied to set session authorization'],
    ['read the queue', 'select 1 from bullmq.job', 'permission denied for schema bullmq'],
    ['forget a migration', 'delete from migrations', 'permission denied for table migrations'],
    ['claim a migration', `update migrations set name = 'x'`, 'permission denied for table migrations'],
    ['read a file', `select pg_read_file('/etc/passwd')`, 'permission denied for function pg_read_file'],
    ['run a program', `copy comment to program 'cat'`, 'permission denied to COPY to or from an external program'],
    ['switch the wall off for itself', `set row_security = off; select 1 from comment`, 'row-level security'],
  ])('may not %s', async (_, sql, message) => {
    expect(await refusal(sql)).toContain(message);
    await stage.dataSource.query('reset row_security');
  });

  it('owns nothing, may not bypass and belongs to no role', async () => {
    expect(
      await stage.rows(
        `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
                (select count(*)::int from pg_class where relowner = r.oid) as owns,
                (select count(*)::int from pg_auth_members where member = r.oid) as roles
           from pg_roles r where rolname = 'app'`,
      ),
    ).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owns: 0, roles: 0 }]);
  });

  it('cannot plant a function of its own in the way of the search', async () => {
    const { config } = await stage.one<{ config: string[] }>(
      `select proconfig as config from pg_proc where proname = 'search_comment_ids'`,
    );
    expect(config).toEqual(['search_path=pg_catalog, public, pg_temp', 'enable_seqscan=off']);
    expect(await stage.one(`select proconfig as config from pg_proc where proname = 'search_sites'`)).toEqual({
      config,
    });
  });
});
