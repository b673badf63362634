import { DataSource, type DataSourceOptions } from 'typeorm';
import { cutDeafClients } from '../../src/platform/database/deaf-clients.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { Database } from '../../src/platform/database/database.js';
import { schema } from '../../src/schema.js';
import { openPostgresProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

/* G10: a database that is there and says nothing ends a request within 15 s, and does not spoil the pool for later. */

const BOUND_MS = 15_000;
/** In place of the service's own, which test/e2e/health.spec.ts waits for. */
const ANSWER_WITHIN_MS = 1_000;

/** What the rest of a request may take. */
const MARGIN_MS = 3_000;

interface Timeouts {
  readonly query_timeout: number;
}

function timeoutsOf({ extra }: DataSourceOptions): Timeouts {
  return extra as Timeouts;
}

describe('a database that falls silent', () => {
  let files: TestDatabase;
  let proxy: TcpProxy;
  let dataSource: DataSource;

  beforeAll(async () => {
    files = await openTestDatabase();
    const opened = await openPostgresProxy(files.urls.app);
    proxy = opened.proxy;
    const options = dataSourceOptions(schema, opened.url, { poolSize: 2 });
    expect(timeoutsOf(options).query_timeout).toBeLessThan(BOUND_MS - MARGIN_MS);
    dataSource = new DataSource({ ...options, extra: { ...timeoutsOf(options), query_timeout: ANSWER_WITHIN_MS } });
    await dataSource.initialize();
    cutDeafClients(dataSource);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await proxy.close();
    await files.close();
  });

  it('fails a transaction within the bound, and serves the next ones once it speaks again', async () => {
    const database = new Database(dataSource);
    const ask = (): Promise<unknown> => database.acrossSites('sweep', (manager) => manager.query('select 1'));
    await Promise.all([ask(), ask()]);
    proxy.isDeaf = true;
    const start = performance.now();
    const failed = await Promise.allSettled([ask(), ask()]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(performance.now() - start).toBeLessThan(ANSWER_WITHIN_MS + MARGIN_MS);
    proxy.isDeaf = false;
    for (let i = 0; i < 4; i++) await ask();
  }, 60_000);
});
