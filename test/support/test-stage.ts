import 'reflect-metadata';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { CommentMover } from '../../src/comments/move-comment.js';
import { describeSubmission, type Arrival, type Submission } from '../../src/intake/submission.js';
import { SubmissionStore, type SubmitOutcome } from '../../src/intake/submission-store.js';
import type { SubmitCommentDto } from '../../src/intake/submit-comment.dto.js';
import { SystemClock, type Clock } from '../../src/platform/clock.js';
import { Changes } from '../../src/platform/database/changes.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { connectAtOnce, Database } from '../../src/platform/database/database.js';
import { Listener } from '../../src/platform/database/listener.js';
import { newId, type CommentId, type SiteId } from '../../src/platform/ids.js';
import { makeLogger } from '../../src/platform/logging/logger.js';
import { ServiceLog } from '../../src/platform/logging/service-log.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { QueueDepths } from '../../src/platform/queue/queue-depths.js';
import { Secrets } from '../../src/platform/signing/secrets.js';
import { ScreeningWatch } from '../../src/screening/screening-watch.js';
import { schema } from '../../src/schema.js';
import type { KnownSite } from '../../src/sites/site-directory.js';
import { completeSettings, type SiteSettings } from '../../src/sites/site-settings.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

/* The rooms below HTTP on a database of the file's own, put together by hand as the modules would, and rows to begin with. */

/** Stands still until it is told to move. */
export class SetClock implements Clock {
  constructor(private time = new Date()) {}

  now(): Date {
    return new Date(this.time);
  }

  passMs(ms: number): void {
    this.time = new Date(this.time.getTime() + ms);
  }
}

let serial = 0;

export class TestStage {
  readonly changes: Changes;
  readonly mover: CommentMover;
  readonly store: SubmissionStore;
  readonly database: Database;
  readonly metrics = new Metrics(new QueueDepths());
  readonly secrets = new Secrets(Buffer.from('a secret of the tests'));
  readonly watch = new ScreeningWatch(this.metrics, new ServiceLog(makeLogger('silent')), new SystemClock());

  private constructor(
    readonly files: TestDatabase,
    readonly dataSource: DataSource,
    /** Sees all sites for as long as it lives. */
    readonly atOnce: DataSource,
    /** May do all, sees all: for looking at what is really there. */
    readonly postgres: pg.Client,
  ) {
    this.database = new Database(dataSource, atOnce);
    // Not opened: this stage only speaks.
    this.changes = new Changes(new Listener(files.urls.app, Changes.channels));
    this.mover = new CommentMover(this.changes);
    this.store = new SubmissionStore(this.database, this.metrics);
  }

  /** @param poolSize connections of the service at most */
  static async open(poolSize = 10): Promise<TestStage> {
    const files = await openTestDatabase();
    const dataSource = new DataSource(dataSourceOptions(schema, files.urls.app, { poolSize }));
    await dataSource.initialize();
    const postgres = new pg.Client({ connectionString: files.urls.postgres });
    await postgres.connect();
    return new TestStage(files, dataSource, await connectAtOnce(dataSource), postgres);
  }

  async close(): Promise<void> {
    await this.atOnce.destroy();
    await this.dataSource.destroy();
    await this.postgres.end();
    await this.files.close();
  }

  /** Another process's worth of stores, on connections of its own. */
  async anotherStore(): Promise<{ store: SubmissionStore; close: () => Promise<void> }> {
    const dataSource = new DataSource(dataSourceOptions(schema, this.files.urls.app, { poolSize: 5 }));
    await dataSource.initialize();
    const atOnce = await connectAtOnce(dataSource);
    return {
      store: new SubmissionStore(new Database(dataSource, atOnce), this.metrics),
      close: async () => {
        await atOnce.destroy();
        await dataSource.destroy();
      },
    };
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.postgres.query(sql, parameters)).rows as Row[];
  }

  async one<Row>(sql: string, parameters: unknown[] = []): Promise<Row> {
    const [row] = await this.rows<Row>(sql, parameters);
    if (!row) throw new Error(`No row: ${sql}`);
    return row;
  }

  async addSite(settings: Partial<SiteSettings> = {}): Promise<KnownSite> {
    const site: KnownSite = {
      id: newId<SiteId>(),
      key: `site-${++serial}`,
      name: 'Test',
      origins: [],
      settings: completeSettings(settings),
      createdAt: new Date(),
    };
    await this.postgres.query('insert into site values ($1, $2, $3, $4, $5, $6)', [
      site.id,
      site.key,
      site.name,
      site.origins,
      settings,
      site.createdAt,
    ]);
    return site;
  }

  /** Stores comments as the intake does. @returns their ids, in order */
  async receive(site: KnownSite, count = 1, dto: Partial<SubmitCommentDto> = {}): Promise<CommentId[]> {
    const batch = Array.from({ length: count }, () => submission(site, { body: `Comment ${++serial}.`, ...dto }));
    const outcomes = await this.store.write(batch);
    return outcomes.map((outcome) => acceptedId(outcome));
  }

  /** The rows of a site, counted by status. */
  async countByStatus(site: SiteId): Promise<Record<string, number>> {
    const rows = await this.rows<{ status: string; count: number }>(
      'select status, count(*)::int as count from comment where site_id = $1 group by status',
      [site],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }
}

export function acceptedId(outcome: SubmitOutcome | undefined): CommentId {
  if (outcome?.kind !== 'accepted') throw new Error(`Not accepted: ${outcome?.kind ?? 'no outcome'}.`);
  return outcome.id;
}

/** A valid submission, changed as told. */
export function submission(
  site: KnownSite,
  dto: Partial<SubmitCommentDto> = {},
  arrival: Partial<Arrival> = {},
): Submission {
  const at = arrival.at ?? new Date();
  return describeSubmission(
    { author: { name: 'Ada Lovelace', email: 'ada@analytical.org' }, body: `Thought ${++serial}.`, ...dto },
    {
      site,
      articleKey: '/post',
      idempotencyKey: null,
      secondsToWrite: null,
      lacksProof: false,
      clientNetwork: '203.0.113.0/24',
      isTrusted: false,
      at,
      sweepAt: new Date(at.getTime() + 30_000),
      ...arrival,
    },
  );
}
