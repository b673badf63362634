import { join, resolve } from 'node:path';
import { Settings } from './platform/config/settings.js';
import { isForbidden } from './platform/database/row-fault.js';
import { inspectLogin, withClient } from './platform/database/login.js';
import { ensureDatabase, startEmbeddedPostgres, type EmbeddedPostgres } from './platform/embedded/embedded-postgres.js';
import { reasonOf } from './platform/reason.js';
import { prepareDatabase, type Prepared } from './prepare-database.js';
import { StartFault } from './start-fault.js';

/* The database the settings ask for, with the login of each kind of work: embedded, or of DATABASE_URL. */

const EMBEDDED_DATABASE = 'winnow';

export interface Logins {
  readonly app: string;
  readonly owner: string;
  readonly queue: string;
  readonly superuser?: string;
  /** The name of the role behind `app`. */
  readonly appLogin: string;
}

export interface OpenedDatabase {
  readonly logins: Logins;
  /** Null for that of DATABASE_URL. */
  readonly embedded: EmbeddedPostgres | null;
  /** Ends the embedded PostgreSQL, if it was started here. */
  close(): Promise<void>;
}

/** @throws StartFault, EmbeddedPostgresFault */
export async function openDatabase(settings: Settings): Promise<OpenedDatabase> {
  if (settings.database.url) {
    return { logins: await givenLogins(settings), embedded: null, close: () => Promise.resolve() };
  }
  return embeddedDatabase(await startEmbeddedPostgres({ dataDirectory: dataDirectory(settings) }));
}

/** The database of the service on an embedded PostgreSQL, made where it is missing. Takes the server over. */
export async function embeddedDatabase(embedded: EmbeddedPostgres): Promise<OpenedDatabase> {
  const close = (): Promise<void> => embedded.stop();
  try {
    await ensureDatabase(embedded, EMBEDDED_DATABASE);
  } catch (error) {
    await close();
    throw error;
  }
  return { logins: embeddedLogins(embedded), embedded, close };
}

/**
 * Roles, migrations, grants and the queue's schema, as far as they are missing.
 * @param only just these migrations, for a backup that was written before the others
 * @throws StartFault for a login that may not
 */
export async function prepare(
  { owner, superuser, appLogin, queue }: Logins,
  { redis }: Settings,
  only?: readonly string[],
): Promise<Prepared> {
  const urls = {
    ownerUrl: owner,
    ...(superuser && { superuserUrl: superuser }),
    appRole: appLogin,
    ...(!redis.url && { queueUrl: queue }),
  };
  try {
    return await prepareDatabase(urls, only);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    throw new StartFault(
      `The login that migrates may not (${reasonOf(error)}): set MIGRATION_DATABASE_URL to the one that owns the tables` +
        `${redis.url ? '' : ', and QUEUE_DATABASE_URL to one that may make the schema of the queue'}.`,
    );
  }
}

/** The default belongs to the clone, from whatever folder it is started; what an operator writes, to where they are. */
export function dataDirectory({ dataDir }: Settings): string {
  return dataDir === new Settings().dataDir ? join(import.meta.dirname, '..', 'data') : resolve(dataDir);
}

function embeddedLogins(postgres: EmbeddedPostgres): Logins {
  const url = (role: 'app' | 'owner' | 'queue' | 'postgres'): string => postgres.url(role, EMBEDDED_DATABASE);
  return { app: url('app'), owner: url('owner'), queue: url('queue'), superuser: url('postgres'), appLogin: 'app' };
}

/** The login of each kind of work with DATABASE_URL, without asking the server. */
export function givenUrls(settings: Settings): {
  readonly app: string;
  readonly owner: string;
  readonly queue: string;
} {
  const app = settings.database.url;
  const owner = settings.migration.databaseUrl || app;
  return { app, owner, queue: settings.queue.databaseUrl || owner };
}

async function givenLogins(settings: Settings): Promise<Logins> {
  const urls = givenUrls(settings);
  const login = await withClient(urls.app, inspectLogin).catch((error: unknown) => {
    throw new StartFault(`The database of DATABASE_URL cannot be reached (${reasonOf(error)}).`);
  });
  return { ...urls, appLogin: login.name, ...(login.isSuperuser && { superuser: urls.app }) };
}
