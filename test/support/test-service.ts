import { contractOf } from './contract.js';
import { TestClient } from './test-client.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

export const OPERATOR = { email: 'operator@winnow.test', password: 'correct horse battery' } as const;

/** A service that runs, wherever that is. */
export interface Running {
  readonly url: string | null;
  readonly workerUrl: string | null;
  stop(): Promise<void>;
}

export interface TestService<Service extends Running = Running> {
  readonly url: string;
  readonly database: TestDatabase;
  readonly running: Service;
  /** Without credentials. */
  readonly anonymous: TestClient;
  /** A client signed in as the operator. */
  signIn(): Promise<TestClient>;
  /** Another process's worth of service on the same database. */
  another(overrides?: Record<string, string>): Promise<Service>;
  close(): Promise<void>;
}

export type Environment = Readonly<Record<string, string>>;

/** What a test gives a service besides its environment variables. */
export interface TestServiceParts {
  /** Gives `DATABASE_URL` another way to the test's database. */
  readonly databaseUrl?: (app: string) => Promise<string>;
}

/** The whole service over HTTP on a fresh database, on a free port. `overrides` are environment variables. */
export function startTestService(
  overrides: Environment = {},
  { databaseUrl }: TestServiceParts = {},
): Promise<TestService> {
  return serveTest(
    (environment) => startHosted(environment),
    async ({ urls }) => ({
      ...overrides,
      ...(databaseUrl && { DATABASE_URL: await databaseUrl(urls.app) }),
    }),
  );
}

/** The same around any way to start a service. */
export async function serveTest<Service extends Running>(
  begin: (environment: Environment) => Promise<Service>,
  overridesFor: (database: TestDatabase) => Promise<Environment>,
): Promise<TestService<Service>> {
  const database = await openTestDatabase();
  const overrides = await overridesFor(database);
  const others: Service[] = [];
  const start = (more: Environment): Promise<Service> => begin({ ...testEnvironment(database), ...overrides, ...more });
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
      hangUp();
      await Promise.all([...others, running].map((service) => service.stop()));
      await database.close();
    },
  };
}

/** Of the process beside Jest's worker, see service-environment.js. */
interface ServiceHost {
  ask(question: {
    what: 'start' | 'startUnguarded';
    environment: Environment;
  }): Promise<Omit<Running, 'stop'> & { readonly id: number }>;
  ask(question: { what: 'stop'; service: number }): Promise<void>;
}

/** A web process on the same database, on which every caller may do everything on the site in the path. */
export function startUnguarded({ database }: TestService): Promise<Running> {
  return startHosted({ ...testEnvironment(database), ROLE: 'web' }, 'startUnguarded');
}

async function startHosted(environment: Environment, what: 'start' | 'startUnguarded' = 'start'): Promise<Running> {
  const { serviceHost } = globalThis as unknown as { readonly serviceHost: ServiceHost };
  const { id, url, workerUrl } = await serviceHost.ask({ what, environment });
  return { url, workerUrl, stop: () => serviceHost.ask({ what: 'stop', service: id }) };
}

/** So that a service which stops need not wait for a last request on idle connections. */
function hangUp(): void {
  (globalThis as unknown as { readonly hangUp: () => void }).hangUp();
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
