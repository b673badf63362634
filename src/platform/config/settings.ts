import { IsBoolean, IsIn, IsInt, IsString, Matches, Max, Min, ValidateNested } from 'class-validator';
import { TrustedProxies } from './trusted-proxies.js';

/*
 * Every setting, its default and what it means. The environment variable of `screening.concurrency` is
 * SCREENING_CONCURRENCY: the path in upper case. An empty string means "not set".
 */

const NOTHING_OR_POSTGRES_URL = /^$|^postgres(ql)?:\/\//;
const NOTHING_OR_REDIS_URLS = /^$|^rediss?:\/\/[^,]+(,rediss?:\/\/[^,]+)*$/;
const NOTHING_OR_EMAIL = /^$|^\S+@\S+$/;
const NOTHING_OR_TOKEN = /^$|^[!-~]{16,}$/;
const NOTHING_OR_LONG = /^$|^.{8,}$/;

class AdminSettings {
  /** E-mail address of the first operator account. Unset: admin@localhost. */
  @Matches(NOTHING_OR_EMAIL, { message: 'must be an e-mail address' })
  email = '';

  /** Its password. Unset: one is made at the first start and shown once. */
  @Matches(NOTHING_OR_LONG, { message: 'must have at least 8 characters' })
  password = '';
}

class DatabaseSettings {
  /** Any PostgreSQL from 15 on. Unset: an embedded PostgreSQL, its cluster belonging to DATA_DIR. */
  @Matches(NOTHING_OR_POSTGRES_URL, { message: 'must look like postgres://user:password@host:5432/name' })
  url = '';

  /** Connections each process may hold for its own queries. */
  @IsInt()
  @Min(2)
  @Max(500)
  poolSize = 10;

  /** Run the migrations at start. Switch it off where a deployment step runs them. */
  @IsBoolean()
  migrateAtStart = true;
}

class MigrationSettings {
  /** The login that owns the tables and may change them. Unset: DATABASE_URL. */
  @Matches(NOTHING_OR_POSTGRES_URL, { message: 'must look like postgres://user:password@host:5432/name' })
  databaseUrl = '';
}

class QueueSettings {
  /** The login that owns the queue's schema, when the queue runs on PostgreSQL. Unset: MIGRATION_DATABASE_URL. */
  @Matches(NOTHING_OR_POSTGRES_URL, { message: 'must look like postgres://user:password@host:5432/name' })
  databaseUrl = '';
}

class RedisSettings {
  /** redis:// or rediss://; a comma list of nodes means a Redis Cluster. Unset: the queue runs on PostgreSQL. */
  @Matches(NOTHING_OR_REDIS_URLS, { message: 'must look like redis://host:6379' })
  url = '';
}

class SubmitSettings {
  /** Submissions per client address and minute; 0 turns every submission limit off. */
  @IsInt()
  @Min(0)
  limitPerMinute = 20;

  /** Submissions per site and minute, over all addresses; 0 turns only this limit off. */
  @IsInt()
  @Min(0)
  siteLimitPerMinute = 600;

  /** Comments of one site in five minutes from which it may be flooded, if that is ten times its usual; 0: never. */
  @IsInt()
  @Min(0)
  floodFrom = 100;
}

class ScreeningSettings {
  /** Jobs one worker process screens at the same time. */
  @IsInt()
  @Min(1)
  @Max(100)
  concurrency = 16;

  /** Comments in one job, at most. */
  @IsInt()
  @Min(1)
  @Max(500)
  jobSize = 100;

  /** Times a failing job is tried before the sweep has to bring its comments again. */
  @IsInt()
  @Min(1)
  @Max(100)
  attempts = 5;

  /** First pause before another try, in milliseconds; it doubles each time. */
  @IsInt()
  @Min(1)
  backoffMs = 500;

  /** Days a failed job is kept for a look. */
  @IsInt()
  @Min(0)
  @Max(36_500)
  keepFailedDays = 7;

  /** Seconds after which the sweep brings a comment that has no verdict yet. */
  @IsInt()
  @Min(1)
  @Max(86_400)
  sweepAfterSeconds = 30;

  /** Seconds between two looks of the sweep. */
  @IsInt()
  @Min(1)
  @Max(3_600)
  sweepEverySeconds = 5;
}

class RetentionSettings {
  /** Days spam is kept, so that it can be restored. */
  @IsInt()
  @Min(1)
  @Max(36_500)
  spamDays = 30;

  /** Days the (truncated) address of a commenter's machine is kept. */
  @IsInt()
  @Min(0)
  @Max(36_500)
  ipDays = 30;
}

class CacheSettings {
  /** Memory for ready feeds and threads, in megabytes. */
  @IsInt()
  @Min(1)
  megabytes = 64;
}

class MetricsSettings {
  /** Closes /metrics to whoever does not send it as a bearer token. Unset: open to all who reach the port. */
  @Matches(NOTHING_OR_TOKEN, { message: 'must have at least 16 characters, without spaces' })
  token = '';
}

class StopSettings {
  /**
   * Seconds a web process goes on answering after it was told to stop, while /health/ready says 503: as long as a load
   * balancer needs to notice.
   */
  @IsInt()
  @Min(0)
  @Max(10)
  delaySeconds = 0;
}

class LogSettings {
  /** The least urgent line that is still written: fatal, error, warn, info, debug or trace; silent writes none. */
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  level = 'info';
}

export class Settings {
  /** What this process does: web (answers requests), worker (screens comments) or all. */
  @IsIn(['web', 'worker', 'all'])
  role = 'all';

  /** Port it listens on; 0 takes a free one. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  port = 3000;

  /** Port on which a process of role worker answers /health/live, /health/ready and /metrics; 0: it listens nowhere. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  workerPort = 0;

  /** Address it listens on. 0.0.0.0 opens it to the network. */
  @IsString()
  host = '127.0.0.1';

  /** How the world reaches it. Unset: http://localhost:<port>. */
  @Matches(/^$|^https?:\/\/[^/?#]+\/?$/, { message: 'must be http(s)://host[:port] without a path' })
  publicUrl = '';

  /** Folder of the embedded database only. */
  @IsString()
  dataDir = './data';

  /** Signs receipts, cursors and form tokens. Unset: made once and kept in PostgreSQL, shared by all processes. */
  @Matches(/^$|^.{16,}$/, { message: 'must have at least 16 characters' })
  secretKey = '';

  /** Which proxies may say the client's address: none, all, a number of hops, or a comma list of addresses and networks. */
  @TrustedProxies()
  trustProxy = 'none';

  @ValidateNested()
  database = new DatabaseSettings();
  @ValidateNested()
  migration = new MigrationSettings();
  @ValidateNested()
  queue = new QueueSettings();
  @ValidateNested()
  redis = new RedisSettings();
  @ValidateNested()
  admin = new AdminSettings();
  @ValidateNested()
  submit = new SubmitSettings();
  @ValidateNested()
  screening = new ScreeningSettings();
  @ValidateNested()
  retention = new RetentionSettings();
  @ValidateNested()
  cache = new CacheSettings();
  @ValidateNested()
  metrics = new MetricsSettings();
  @ValidateNested()
  stop = new StopSettings();
  @ValidateNested()
  log = new LogSettings();
}
