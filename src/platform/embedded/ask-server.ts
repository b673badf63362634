import pg from 'pg';
import { EmbeddedPostgresFault, errorCode } from './embedded-postgres-fault.js';

/** What a running server tells about itself and the process that started it. */
export interface ServerAnswer {
  /** Such as "18.4". */
  readonly version: string;
  /** The node process that started it; undefined when somebody started it by hand. */
  readonly ownerId: number | undefined;
  /** When that process started, as `startedAt` says it. */
  readonly ownerStartedAt: string;
}

interface AnswerRow {
  readonly version: string;
  readonly owner: string | null;
  readonly started: string | null;
}

const QUESTION = `select current_setting('server_version') as version,
  current_setting('app.owner_pid', true) as owner, current_setting('app.owner_started_at', true) as started`;

// invalid_authorization_specification: the server does not know the user of this process.
const NOT_LET_IN = '28000';

/** Asks the server behind the socket folder; undefined when nobody answers there, or not yet. */
export async function askServer(socketFolder: string): Promise<ServerAnswer | undefined> {
  const client = new pg.Client({
    host: socketFolder,
    port: 5432,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    application_name: 'start',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  // A server that ends between two messages emits an error beside the promise that fails.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<AnswerRow>(QUESTION);
    const row = rows[0];
    return row && answerOf(row);
  } catch (error) {
    if (errorCode(error) === NOT_LET_IN) {
      throw new EmbeddedPostgresFault(
        `The PostgreSQL behind ${socketFolder} was started by another user: start as that user, choose another DATA_DIR, or set DATABASE_URL.`,
        { cause: error },
      );
    }
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function answerOf(row: AnswerRow): ServerAnswer {
  const { version, owner, started } = row;
  return { version, ownerId: owner === null ? undefined : Number(owner), ownerStartedAt: started ?? '' };
}
