import { DataSource } from 'typeorm';
import { openDatabase, prepare, type Logins } from './open-database.js';
import type { Settings } from './platform/config/settings.js';
import { Changes } from './platform/database/changes.js';
import { cutDeafClients } from './platform/database/deaf-clients.js';
import { dataSourceOptions } from './platform/database/data-source-options.js';
import { connectAtOnce } from './platform/database/database.js';
import { Listener } from './platform/database/listener.js';
import { APP_ROLE, inspectLogin, withClient } from './platform/database/login.js';
import { isUnprepared } from './platform/database/row-fault.js';
import type { EmbeddedPostgres } from './platform/embedded/embedded-postgres.js';
import { Fatal } from './platform/fatal.js';
import { PublicAddress } from './platform/http/public-address.js';
import type { Logger } from './platform/logging/logger.js';
import type { Platform } from './platform/platform.module.js';
import { QueueBackend } from './platform/queue/queue-backend.js';
import { QueueLogger } from './platform/queue/queue-logger.js';
import { loadSecrets } from './platform/signing/secrets.js';
import { schema } from './schema.js';
import { StartFault } from './start-fault.js';

export { StartFault };

/** Queue: one connection for the LISTEN of each of two workers, the rest to add and to fetch with. */
export const QUEUE_CONNECTIONS = 7;

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
  const database = await openDatabase(settings);
  const { logins, embedded } = database;
  const closers: (() => Promise<void>)[] = [() => database.close()];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer().catch(() => undefined);
  };
  try {
    if (settings.database.migrateAtStart) await prepare(logins, settings);
    const role = embedded ? undefined : await roleBehindWalls(logins, notices);
    const { poolSize } = settings.database;
    const dataSource = new DataSource(dataSourceOptions(schema, logins.app, { poolSize, ...(role && { role }) }));
    await dataSource.initialize();
    closers.push(() => dataSource.destroy());
    const atOnce = settings.role === 'worker' ? undefined : await connectAtOnce(dataSource);
    closers.push(async () => atOnce?.destroy());
    for (const source of [dataSource, atOnce]) if (source) cutDeafClients(source);
    const secrets = await loadSecrets(dataSource, settings.secretKey).catch(explainUnprepared);
    const listener = new Listener(logins.app, Changes.channels);
    await listener.open();
    closers.push(() => listener.close());
    const { queue, queueLogger } = openQueue(settings, logins, logger);
    closers.push(() => queue.close());
    const address = new PublicAddress(settings.publicUrl || `http://localhost:${settings.port}`);
    const platform = {
      settings,
      logger,
      dataSource,
      atOnce,
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

function openQueue(
  settings: Settings,
  { queue: postgresUrl }: Logins,
  logger: Logger,
): Pick<Platform, 'queue' | 'queueLogger'> {
  const queueLogger = new QueueLogger(logger);
  const connection = { redisUrl: settings.redis.url, postgresUrl, poolSize: QUEUE_CONNECTIONS };
  const queue = new QueueBackend(connection, (error) => {
    queueLogger.report(error);
  });
  return { queue, queueLogger };
}

/** The first table that every start reads. */
function explainUnprepared(error: unknown): never {
  if (!isUnprepared(error)) throw error;
  throw new StartFault('The database has no tables yet: run `winnow migrate`, or set DATABASE_MIGRATE_AT_START=true.');
}

/**
 * What the app's connections take on after they signed in, so that the walls bind them.
 * @throws StartFault for a login that bypasses row-level security and may not become a role that does not
 */
async function roleBehindWalls({ app }: Logins, notices: string[]): Promise<string | undefined> {
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
