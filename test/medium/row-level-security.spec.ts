import { newId, type ArticleId, type CommentId } from '../../src/platform/ids.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { TestStage } from '../support/test-stage.js';

/** They belong to no site, or are needed before anybody knows the site (named in the design). */
const WITHOUT_WALLS = ['account', 'api_key', 'migrations', 'service_secret', 'session'];
const TENANT_TABLES = [
  'article',
  'comment',
  'comment_event',
  'comment_search',
  'idempotency_record',
  'membership',
  'site',
  'site_counter',
];

let stage: TestStage;
let mine: KnownSite;
let foreign: KnownSite;
let mineId: CommentId;
let foreignId: CommentId;

beforeAll(async () => {
  stage = await TestStage.open(1);
  mine = await stage.addSite();
  foreign = await stage.addSite();
  mineId = await fill(mine);
  foreignId = await fill(foreign);
});

afterAll(() => stage.close());

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
    html: '<p></p>',
    rendererVersion: 1,
  };
  await stage.database.acrossSites('screen a batch', (manager) => stage.mover.screen(manager, [result], new Date()));
  const account = newId();
  await stage.postgres.query('insert into account values ($1, $2, $3, $4, false, now())', [account, account, 'A', 'x']);
  await stage.postgres.query("insert into membership values ($1, $2, 'owner', now())", [site.id, account]);
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

  it('have no other policy but that of the search', async () => {
    const rows = await stage.rows(`select tablename, roles::text from pg_policies where policyname <> 'one_site'`);
    expect(rows).toEqual([{ tablename: 'comment_search', roles: '{winnow_search}' }]);
  });

  it('have no unchecked neighbour: no view, and one function that runs as somebody else', async () => {
    const views = await stage.rows(
      `select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace`,
    );
    expect(views).toEqual([]);
    const functions = await stage.rows(
      `select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`,
    );
    expect(functions).toEqual([{ proname: 'search_comment_ids' }]);
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

  it('no comment hangs on an article of another site', async () => {
    const { id } = await stage.one<{ id: string }>('select id from article where site_id = $1', [foreign.id]);
    await expect(inMine('update comment set article_id = $1', [id])).rejects.toThrow('comment_article_fk');
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

describe('the setting', () => {
  const settings = (): Promise<unknown> =>
    stage.dataSource.query(
      `select coalesce(current_setting('app.site_id', true), '') as site,
              coalesce(current_setting('app.across_sites', true), '') as across, pg_backend_pid() as pid`,
    );
  const NONE = { site: '', across: '' };

  // The pool of this file has one connection, so the next borrower always gets the same one.
  it('does not leak to the next borrower of the connection', async () => {
    const [row] = await stage.database.inSite(mine.id, (manager) =>
      manager.query<{ pid: number }[]>('select pg_backend_pid() as pid'),
    );
    await expect(settings()).resolves.toMatchObject([{ ...NONE, ...row }]);
    await stage.database.acrossSites('sweep', (manager) => manager.query('select 1'));
    await expect(settings()).resolves.toMatchObject([NONE]);
  });

  it('does not leak from a transaction that failed', async () => {
    const broken = stage.database.inSite(mine.id, (manager) => manager.query('select 1/0'));
    await expect(broken).rejects.toThrow('division by zero');
    const thrown = stage.database.acrossSites('sweep', () => Promise.reject(new Error('a bug')));
    await expect(thrown).rejects.toThrow('a bug');
    await expect(settings()).resolves.toMatchObject([NONE]);
    expect(await stage.dataSource.query('select 1 from comment')).toEqual([]);
  });

  it('of one site does not widen what a crossing transaction began, nor the other way', async () => {
    await stage.database.acrossSites('sweep', (manager) => manager.query('select 1'));
    const rows = await stage.database.inSite(mine.id, (manager) =>
      manager.query<unknown[]>('select site_id from comment'),
    );
    expect(rows).toEqual([{ site_id: mine.id }]);
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
    expect(config).toEqual(['search_path=pg_catalog, public, pg_temp']);
  });
});
