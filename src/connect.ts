import { DataSource } from 'typeorm';
import type { Settings } from './platform/config/settings.js';
import { Changes } from './platform/database/changes.js';
import { dataSourceOptions } from './platform/database/data-source-options.js';
import { Listener } from './platform/database/listener.js';
import { APP_ROLE, inspectLogin, withClient } from './platform/database/login.js';
import { ensureDatabase, startEmbeddedPostgres, type EmbeddedPostgres } from './platform/embedded/embedded-postgres.js';
import { Fatal } from './platform/fatal.js';
import { PublicAddress } from './platform/http/public-address.js';
import type { Logger } from './platform/logging/logger.js';
import type { Platform } from './platform/platform.module.js';
import { QueueBackend } from './platform/queue/queue-backend.js';
import { QueueLogger } from './platform/queue/queue-logger.js';
import { loadSecrets } from './platform/signing/secrets.js';
import { prepareDatabase } from './prepare-database.js';
import { schema } from './schema.js';

const EMBEDDED_DATABASE = 'winnow';
/** Queue: one connection for the worker's LISTEN, the rest to add and to fetch with. */
const QUEUE_CONNECTIONS = 6;

/** A start that cannot succeed, in one sentence for the operator. */
export class StartFault extends Error {}

interface Urls {
  readonly app: string;
  readonly owner: string;
  readonly queue: string;
  readonly superuser?: string;
  /** What the app's connections become after they signed in. */
  readonly role?: string;
  readonly appLogin: string;
}

export interface Connected {
  readonly platform: Platform;
  readonly embedded: EmbeddedPostgres | null;
  /** Sentences for the start log. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/** Everything a process stands on: database (embedded or not), its schema, secrets, news, queue. */
export async function connect(settings: Settings, logger: Logger): Promise<Connected> {
  const notices: string[] = [];
  const embedded = settings.database.url ? null : await startEmbeddedPostgres({ dataDirectory: settings.dataDir });
  const closers: (() => Promise<void>)[] = [async () => embedded?.stop()];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer().catch(() => undefined);
  };
  try {
    if (embedded) await ensureDatabase(embedded, EMBEDDED_DATABASE);
    const urls = embedded ? embeddedUrls(embedded) : await givenUrls(settings, notices);
    if (settings.database.migrateAtStart) await prepare(urls, settings);
    const { role } = urls;
    const { poolSize } = settings.database;
    const dataSource = new DataSource(dataSourceOptions(schema, urls.app, { poolSize, ...(role && { role }) }));
    await dataSource.initialize();
    closers.push(() => dataSource.destroy());
    const secrets = await loadSecrets(dataSource, settings.secretKey);
    const listener = new Listener(urls.app, Changes.channels);
    await listener.open();
    closers.push(() => listener.close());
    const queueLogger = new QueueLogger(logger);
    const connection = { redisUrl: settings.redis.url, postgresUrl: urls.queue, poolSize: QUEUE_CONNECTIONS };
    const queue = new QueueBackend(connection, (error) => {
      queueLogger.report(error);
    });
    closers.push(() => queue.close());
    const address = new PublicAddress(settings.publicUrl || `http://localhost:${settings.port}`);
    const platform = {
      settings,
      logger,
      dataSource,
      listener,
      queue,
      queueLogger,
      secrets,
      address,
      fatal: new Fatal(),
    };
    return { platform, embedded, notices: [...(embedded?.notices ?? []), ...notices], close };
  } catch (error) {
    await close();
    throw error;
  }
}

function embeddedUrls(postgres: EmbeddedPostgres): Urls {
  const url = (role: 'app' | 'owner' | 'queue' | 'postgres'): string => postgres.url(role, EMBEDDED_DATABASE);
  return { app: url('app'), owner: url('owner'), queue: url('queue'), superuser: url('postgres'), appLogin: 'app' };
}

async function givenUrls(settings: Settings, notices: string[]): Promise<Urls> {
  const app = settings.database.url;
  const owner = settings.migration.databaseUrl || app;
  const queue = settings.queue.databaseUrl || owner;
  const login = await withClient(app, inspectLogin).catch((error: unknown) => {
    throw new StartFault(`The database of DATABASE_URL cannot be reached (${(error as Error).message}).`);
  });
  if (login.bypassesWalls) {
    notices.push(
      `The login ${login.name} of DATABASE_URL may bypass row-level security; its connections work as ${APP_ROLE} instead.`,
    );
    return { app, owner, queue, role: APP_ROLE, appLogin: login.name };
  }
  return { app, owner, queue, appLogin: login.name };
}

async function prepare(urls: Urls, settings: Settings): Promise<void> {
  await prepareDatabase({
    ownerUrl: urls.owner,
    ...(urls.superuser && { superuserUrl: urls.superuser }),
    appRole: urls.appLogin,
    ...(!settings.redis.url && { queueUrl: urls.queue }),
  });
}
