import 'reflect-metadata';
import { readSettings } from '../../src/platform/config/read-settings.js';
import { makeLogger, type Logger } from '../../src/platform/logging/logger.js';
import { startService, type RunningService } from '../../src/start.js';
import { contractOf } from './contract.js';
import { TestClient } from './test-client.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

export const OPERATOR = { email: 'operator@winnow.test', password: 'correct horse battery' } as const;

export interface TestService {
  readonly url: string;
  readonly database: TestDatabase;
  readonly running: RunningService;
  /** Without credentials. */
  readonly anonymous: TestClient;
  /** A client signed in as the operator. */
  signIn(): Promise<TestClient>;
  /** Another process's worth of service on the same database. */
  another(overrides?: Record<string, string>): Promise<RunningService>;
  close(): Promise<void>;
}

/** What a test gives a service besides its environment variables. */
export interface TestServiceParts {
  readonly logger?: Logger;
  /** Gives `DATABASE_URL` another way to the test's database. */
  readonly databaseUrl?: (app: string) => Promise<string>;
}

/** The whole service over HTTP on a fresh database, on a free port. `overrides` are environment variables. */
export async function startTestService(
  overrides: Record<string, string> = {},
  { logger, databaseUrl }: TestServiceParts = {},
): Promise<TestService> {
  const database = await openTestDatabase();
  const others: RunningService[] = [];
  const way = databaseUrl && { DATABASE_URL: await databaseUrl(database.urls.app) };
  const start = (more: Record<string, string>): Promise<RunningService> => {
    const settings = readSettings({ ...testEnvironment(database), ...way, ...overrides, ...more });
    return startService(settings, logger ?? makeLogger(settings.log.level));
  };
  const running = await start({});
  const url = running.url ?? '';
  const anonymous = new TestClient(url);
  // Read before the story begins, whose first request would seem slow otherwise.
  if (running.url !== null) await contractOf(url);
  return {
    url,
    database,
    running,
    anonymous,
    signIn: () => anonymous.signIn(OPERATOR.email, OPERATOR.password),
    another: async (more = {}) => {
      const other = await start(more);
      others.push(other);
      return other;
    },
    close: async () => {
      for (const service of [...others, running]) await service.stop();
      await database.close();
    },
  };
}

/** What a process of the service needs to run on a test database. */
export function testEnvironment(database: TestDatabase): Record<string, string> {
  return {
    DATABASE_URL: database.urls.app,
    MIGRATION_DATABASE_URL: database.urls.owner,
    QUEUE_DATABASE_URL: database.urls.queue,
    DATABASE_MIGRATE_AT_START: 'false',
    PORT: '0',
    ADMIN_EMAIL: OPERATOR.email,
    ADMIN_PASSWORD: OPERATOR.password,
    SUBMIT_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'fatal',
  };
}
