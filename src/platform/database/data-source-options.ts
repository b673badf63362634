import type { DataSourceOptions, MigrationInterface } from 'typeorm';
import { SnakeNames } from './snake-names.js';

/** A connection is given up after this long, so that an unreachable database is a 503 and never a hang. */
const CONNECT_WITHIN_MS = 3_000;
const LOCK_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** On our side, for a server that is there and says nothing: a little longer than it may take itself. */
const ANSWER_WITHIN_MS = 11_000;
const IDLE_IN_TRANSACTION_MS = 15_000;

/** What the roof knows of every room: their entities, and the migrations in order. */
export interface Schema {
  readonly entities: readonly (new () => object)[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

export interface ConnectionChoices {
  /** Connections at most. */
  readonly poolSize?: number;
  /** Role the session takes on, so that row-level security binds even a login that could bypass it. */
  readonly role?: string;
  readonly name?: string;
}

export function dataSourceOptions(schema: Schema, url: string, choices: ConnectionChoices = {}): DataSourceOptions {
  const isMigration = choices.name === 'migrate';
  const session = [`lock_timeout=${LOCK_TIMEOUT_MS}`, `idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`];
  if (choices.role) session.push(`role=${choices.role}`);
  return {
    type: 'postgres',
    url,
    entities: [...schema.entities],
    migrations: [...schema.migrations],
    migrationsTableName: 'migrations',
    namingStrategy: new SnakeNames(),
    synchronize: false,
    installExtensions: false,
    applicationName: choices.name ?? 'winnow',
    extra: {
      max: choices.poolSize ?? 2,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      statement_timeout: isMigration ? 0 : STATEMENT_TIMEOUT_MS,
      ...(!isMigration && { query_timeout: ANSWER_WITHIN_MS }),
      options: session.map((setting) => `-c ${setting}`).join(' '),
    },
  };
}
