import { join, resolve } from 'node:path';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { Settings } from './platform/config/settings.js';
import { Changes } from './platform/database/changes.js';
import { cutDeafClients } from './platform/database/deaf-clients.js';
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
  const embedded = settings.database.url
    ? null
    : await startEmbeddedPostgres({ dataDirectory: dataDirectory(settings) });
  const closers: (() => Promise<void>)[] = [async () => embedded?.stop()];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer().catch(() => undefined);
  };
  try {
    if (embedded) await ensureDatabase(embedded, EMBEDDED_DATABASE);
    const urls = embedded ? embeddedUrls(embedded) : await givenUrls(settings);
    if (settings.database.migrateAtStart) await prepare(urls, settings);
    const role = embedded ? undefined : await roleBehindWalls(urls, notices);
    const { poolSize } = settings.database;
    const dataSource = new DataSource(dataSourceOptions(schema, urls.app, { poolSize, ...(role && { role }) }));
    await dataSource.initialize();
    closers.push(() => dataSource.destroy());
    cutDeafClients((dataSource.driver as unknown as { master: pg.Pool }).master);
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

/** The default belongs to the clone, from whatever folder it is started; what an operator writes, to where they are. */
function dataDirectory({ dataDir }: Settings): string {
  return dataDir === new Settings().dataDir ? join(import.meta.dirname, '..', 'data') : resolve(dataDir);
}

function embeddedUrls(postgres: EmbeddedPostgres): Urls {
  const url = (role: 'app' | 'owner' | 'queue' | 'postgres'): string => postgres.url(role, EMBEDDED_DATABASE);
  return { app: url('app'), owner: url('owner'), queue: url('queue'), superuser: url('postgres'), appLogin: 'app' };
}

async function givenUrls(settings: Settings): Promise<Urls> {
  const app = settings.database.url;
  const owner = settings.migration.databaseUrl || app;
  const queue = settings.queue.databaseUrl || owner;
  const login = await withClient(app, inspectLogin).catch((error: unknown) => {
    throw new StartFault(`The database of DATABASE_URL cannot be reached (${(error as Error).message}).`);
  });
  return { app, owner, queue, appLogin: login.name, ...(login.isSuperuser && { superuser: app }) };
}

/**
 * What the app's connections take on after they signed in, so that the walls bind them.
 * @throws StartFault for a login that bypasses row-level security and may not become a role that does not
 */
async function roleBehindWalls({ app }: Urls, notices: string[]): Promise<string | undefined> {
  const { name, bypassesWalls, mayBecomeApp } = await withClient(app, inspectLogin);
  if (!bypassesWalls) return undefined;
  if (!mayBecomeApp) {
    throw new StartFault(
      `The login ${name} of DATABASE_URL bypasses row-level security: run "create role ${APP_ROLE}; grant ${APP_ROLE} ` +
        `to ${name}" as a superuser, or take a login without BYPASSRLS.`,
    );
  }
  notices.push(`The login ${name} may bypass row-level security; its connections work as ${APP_ROLE} instead.`);
  return APP_ROLE;
}

async function prepare(urls: Urls, settings: Settings): Promise<void> {
  await prepareDatabase({
    ownerUrl: urls.owner,
    ...(urls.superuser && { superuserUrl: urls.superuser }),
    appRole: urls.appLogin,
    ...(!settings.redis.url && { queueUrl: urls.queue }),
  });
}
