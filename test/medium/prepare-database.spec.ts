import pg from 'pg';
import { DataSource } from 'typeorm';
import { connect, type Connected } from '../../src/connect.js';
import { readSettings } from '../../src/platform/config/read-settings.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { makeLogger } from '../../src/platform/logging/logger.js';
import { prepareDatabase } from '../../src/prepare-database.js';
import { schema } from '../../src/schema.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

/*
 * The database as operators bring it. `queue` plays the plain login here: of the cluster's roles it is the one that
 * belongs to no other role.
 */

let files: TestDatabase;
let postgres: pg.Client;
let serial = 0;

beforeAll(async () => {
  files = await openTestDatabase();
  postgres = new pg.Client({ connectionString: files.urls.postgres });
  await postgres.connect();
});

afterAll(async () => {
  await postgres.end();
  await files.close();
});

type Role = keyof TestDatabase['urls'];

/** An empty database that belongs to the role; dropped afterwards. */
async function withDatabase(owner: Role, work: (url: (role: Role) => string) => Promise<void>): Promise<void> {
  const name = `winnow_prepare_${process.env.JEST_WORKER_ID ?? '1'}_${++serial}`;
  await postgres.query(`drop database if exists ${name} with (force)`);
  await postgres.query(`create database ${name} owner ${owner}`);
  try {
    await work((role) => files.urls[role].replace(/\/winnow_test_\d+\?/, `/${name}?`));
  } finally {
    await postgres.query(`drop database ${name} with (force)`);
  }
}

async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

function start(url: string, more: Record<string, string> = {}): Promise<Connected> {
  return connect(readSettings({ DATABASE_URL: url, LOG_LEVEL: 'silent', ...more }), makeLogger('silent'));
}

/** Writes a site and reads it back, with the wall and without. */
async function seesRows({ platform }: Connected): Promise<{ outside: number; inside: number; user: string }> {
  const { dataSource } = platform;
  const count = 'select count(*)::int as count from site';
  const inside = await dataSource.transaction(async (manager) => {
    await manager.query("set local app.across_sites = 'on'");
    await manager.query(`insert into site values (gen_random_uuid(), 'a', 'A', '{}', '{}', now())`);
    return manager.query<{ count: number }[]>(count);
  });
  const outside = await dataSource.query<{ count: number }[]>(count);
  const [row] = await dataSource.query<{ user: string }[]>('select current_user as user');
  return { outside: outside[0]!.count, inside: inside[0]!.count, user: row!.user };
}

describe('a database of one plain login, which owns the tables and is the service', () => {
  it('is prepared and works, and the wall binds its owner', async () => {
    await withDatabase('queue', async (url) => {
      const connected = await start(url('queue'));
      try {
        expect(await seesRows(connected)).toEqual({ outside: 0, inside: 1, user: 'queue' });
        expect(connected.notices).toEqual([]);
        await connected.platform.dataSource.transaction(async (manager) => {
          await manager.query("select set_config('app.site_id', gen_random_uuid()::text, true)");
          expect(await manager.query(`select id from search_comment_ids('%abc%', 10) id`)).toEqual([]);
        });
      } finally {
        await connected.close();
      }
    });
  });

  it('finds what it searches for, though it could not make the role of the search', async () => {
    await withDatabase('queue', async (url) => {
      await prepareDatabase({ ownerUrl: url('queue'), appRole: 'queue' });
      const site = '00000000-0000-7000-8000-000000000001';
      await ask(
        url('postgres'),
        `insert into site values ('${site}', 'a', 'A', '{}', '{}', now());
         insert into article (site_id, id, key, created_at) select id, id, '/a', now() from site;
         insert into comment select id, id, id, null, 0, 'pending', 1, 1, 'n', 'e', null, 'e', 'needle', null, null,
           null, 0, false, null, null, null, null, null, now(), null, null, now(), now() from site;
         insert into comment_search select site_id, id, body from comment`,
      );
      const search = async (as: string): Promise<number> => {
        const client = new pg.Client({ connectionString: url('queue') });
        await client.connect();
        await client.query("select set_config('app.site_id', $1, false)", [as]);
        const { rows } = await client.query(`select id from search_comment_ids('%needle%', 10) id`);
        await client.end();
        return rows.length;
      };
      expect(await search(site)).toBe(1);
      expect(await search('00000000-0000-7000-8000-000000000002')).toBe(0);
    });
  });
});

describe('a login that may bypass the wall', () => {
  it('works as a role that cannot, when it is a superuser, and says so', async () => {
    await withDatabase('postgres', async (url) => {
      const connected = await start(url('postgres'));
      try {
        expect(await seesRows(connected)).toEqual({ outside: 0, inside: 1, user: 'winnow_app' });
        expect(connected.notices.join()).toContain('winnow_app');
      } finally {
        await connected.close();
      }
    });
  });

  it('has no way back to the superuser out of a query of the service', async () => {
    await withDatabase('postgres', async (url) => {
      const connected = await start(url('postgres'));
      try {
        const users = await Promise.all(
          Array.from({ length: 20 }, () => connected.platform.dataSource.query('select current_user as user')),
        );
        expect(new Set(users.flat().map((row: { user: string }) => row.user))).toEqual(new Set(['winnow_app']));
      } finally {
        await connected.close();
      }
    });
  });

  // The logins that hosted PostgreSQL gives (Neon, Supabase) hold BYPASSRLS and CREATEROLE and are no superusers.
  it('works or is refused in a sentence, when it is no superuser but holds BYPASSRLS', async () => {
    await postgres.query('alter role queue bypassrls createrole');
    try {
      await withDatabase('queue', async (url) => {
        const outcome = await start(url('queue')).then(
          async (connected) => {
            const seen = await seesRows(connected);
            await connected.close();
            return seen.outside === 0 ? 'works behind the wall' : 'works without a wall';
          },
          (error: unknown) => (error as Error).constructor.name,
        );
        expect(['works behind the wall', 'StartFault']).toContain(outcome);
      });
    } finally {
      await postgres.query('alter role queue nobypassrls nocreaterole');
    }
  });

  it('works when the tables belong to another, plain login', async () => {
    await withDatabase('owner', async (url) => {
      const connected = await start(url('postgres'), {
        MIGRATION_DATABASE_URL: url('owner'),
        QUEUE_DATABASE_URL: url('postgres'),
      });
      try {
        expect(await seesRows(connected)).toMatchObject({ outside: 0, inside: 1 });
      } finally {
        await connected.close();
      }
    });
  });
});

describe('the migrations', () => {
  const tables = (url: string): Promise<{ name: string }[]> =>
    ask(url, `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`);

  it('run once, however often they are asked', async () => {
    await withDatabase('owner', async (url) => {
      const urls = { ownerUrl: url('owner'), superuserUrl: url('postgres'), appRole: 'app' };
      await prepareDatabase(urls);
      const before = await ask(url('owner'), 'select * from migrations order by id');
      await prepareDatabase(urls);
      expect(await ask(url('owner'), 'select * from migrations order by id')).toEqual(before);
      expect(before).toHaveLength(schema.migrations.length);
    });
  });

  it('run once, however many processes start at the same moment', async () => {
    await withDatabase('owner', async (url) => {
      await postgres.query(
        `grant create on database ${new URL(url('owner').replace('@/', '@host/')).pathname.slice(1)} to queue`,
      );
      const urls = {
        ownerUrl: url('owner'),
        superuserUrl: url('postgres'),
        appRole: 'app',
        queueUrl: url('queue'),
      };
      const settled = await Promise.allSettled(Array.from({ length: 5 }, () => prepareDatabase(urls)));
      expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
      expect(await ask(url('owner'), 'select * from migrations')).toHaveLength(schema.migrations.length);
    });
  });

  it('go down one by one and up again, and leave nothing behind', async () => {
    await withDatabase('owner', async (url) => {
      const urls = { ownerUrl: url('owner'), superuserUrl: url('postgres'), appRole: 'app' };
      await prepareDatabase(urls);
      const whole = await tables(url('owner'));
      const dataSource = new DataSource(dataSourceOptions(schema, url('owner'), { name: 'migrate' }));
      await dataSource.initialize();
      try {
        for (const _ of schema.migrations) await dataSource.undoLastMigration({ transaction: 'each' });
        expect(await tables(url('owner'))).toEqual([{ name: 'migrations' }]);
        await dataSource.runMigrations({ transaction: 'each' });
        expect((await tables(url('owner'))).map(({ name }) => name).sort()).toEqual(
          whole.map(({ name }) => name).sort(),
        );
      } finally {
        await dataSource.destroy();
      }
    });
  });

  it('make exactly what the entities say', async () => {
    const dataSource = new DataSource(dataSourceOptions(schema, files.urls.owner));
    await dataSource.initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });
});
