import { dataSourceOptions } from './data-source-options.js';

const SCHEMA = { entities: [], migrations: [] };

interface PoolOptions {
  readonly max: number;
  readonly connectionTimeoutMillis: number;
  readonly statement_timeout: number;
  readonly query_timeout?: number;
  readonly options: string;
}

function poolOptions(choices: Parameters<typeof dataSourceOptions>[2] = {}): PoolOptions {
  return dataSourceOptions(SCHEMA, 'postgres://app@db/winnow', choices).extra as PoolOptions;
}

describe('dataSourceOptions', () => {
  it('never lets TypeORM change the schema by itself', () => {
    expect(dataSourceOptions(SCHEMA, 'postgres://app@db/winnow')).toMatchObject({
      synchronize: false,
      installExtensions: false,
    });
  });

  it('bounds every wait on the server: for a lock, a statement, an idle transaction', () => {
    const { statement_timeout, options } = poolOptions();
    expect(statement_timeout).toBe(10_000);
    expect(options).toMatch(/lock_timeout=3000\b/);
    expect(options).toMatch(/idle_in_transaction_session_timeout=15000\b/);
  });

  // A half-open connection never answers, and the server's own timeouts do not reach us over it. G10: 15 s for all.
  it('bounds every wait on our side too', () => {
    const { connectionTimeoutMillis, query_timeout } = poolOptions();
    expect(connectionTimeoutMillis).toBeLessThanOrEqual(5_000);
    expect(query_timeout).toBeGreaterThan(0);
    expect(query_timeout).toBeLessThanOrEqual(15_000);
  });

  it('takes on a role only when it is told to', () => {
    expect(poolOptions().options).not.toContain('role=');
    expect(poolOptions({ role: 'winnow_app' }).options).toContain('-c role=winnow_app');
  });

  it('lets a migration take its time', () => {
    expect(poolOptions({ name: 'migrate' }).statement_timeout).toBe(0);
  });
});
