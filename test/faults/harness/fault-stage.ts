import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import pg from 'pg';
import { runWinnow } from '../../../src/cli/run-winnow.js';
import { postgresTarget, TcpProxy, throughProxy } from '../../support/tcp-proxy.js';
import { TestClient } from '../../support/test-client.js';
import { openTestDatabase, superuserPool, type TestDatabase } from '../../support/test-database.js';
import { OPERATOR, testEnvironment } from '../../support/test-service.js';
import { waitUntil } from '../../support/wait-until.js';
import { makeSubmitKey } from '../all-screened.js';
import { ServiceProcess } from '../service-process.js';
import { checkHistory } from './check-history.js';
import { History } from './history.js';
import { OpenLoop, type LoadOptions } from './open-loop.js';
import { OwnPostgres } from './own-postgres.js';
import { PrivateRedis } from './private-redis.js';

type Role = 'web' | 'worker';

export interface StageOptions {
  readonly queue?: 'postgres' | 'redis';
  /** A PostgreSQL to be killed; else the run's own, which is shared. */
  readonly ownPostgres?: boolean;
  readonly webs?: number;
  readonly workers?: number;
  readonly redis?: PrivateRedis;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Whatever a row kills, the sweep brings its comments within seconds and not within the usual half minute. */
const QUICK_SWEEP = { SCREENING_SWEEP_AFTER_SECONDS: '2', SCREENING_SWEEP_EVERY_SECONDS: '1' };
const LAST_WORDS = 2_500;
const SCREENED_WITHIN_MS = 120_000;

/** Real processes on a real PostgreSQL and Redis, each behind a proxy, for the rows of one file. */
export class FaultStage {
  readonly webs: ServiceProcess[] = [];
  readonly workers: ServiceProcess[] = [];
  readonly #loads = new Set<OpenLoop>();
  #apiKey = '';
  #next = 0;

  private constructor(
    private readonly folder: string,
    readonly history: History,
    readonly database: TestDatabase,
    readonly ownPostgres: OwnPostgres | null,
    readonly parts: {
      readonly postgres: TcpProxy;
      readonly redisProxy: TcpProxy | null;
      readonly redis: PrivateRedis | null;
    },
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async open(options: StageOptions = {}): Promise<FaultStage> {
    const own = options.ownPostgres ? await OwnPostgres.start() : null;
    const database = own ? ofOwn(own) : await openTestDatabase();
    const postgres = await TcpProxy.open(postgresTarget(database.urls.app));
    const redis = options.queue === 'redis' ? (options.redis ?? (await PrivateRedis.start())) : null;
    const redisProxy = redis && (await TcpProxy.open({ port: redis.port, host: '127.0.0.1' }));
    const { app, owner, queue } = database.urls;
    const environment = {
      ...testEnvironment(database),
      ...QUICK_SWEEP,
      LOG_LEVEL: 'warn',
      DATABASE_URL: throughProxy(app, postgres),
      MIGRATION_DATABASE_URL: throughProxy(owner, postgres),
      QUEUE_DATABASE_URL: throughProxy(queue, postgres),
      ...(redisProxy && { REDIS_URL: `redis://127.0.0.1:${redisProxy.port}` }),
      ...options.environment,
    };
    const folder = await mkdtemp(join(tmpdir(), 'winnow-faults-'));
    const history = new History(join(folder, 'history.jsonl'));
    const stage = new FaultStage(folder, history, database, own, { postgres, redisProxy, redis }, environment);
    try {
      for (let n = 0; n < (options.webs ?? 1); n++) stage.webs.push(await stage.start('web'));
      for (let n = 0; n < (options.workers ?? 1); n++) stage.workers.push(await stage.start('worker'));
      await stage.#settleSite();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  start(role: Role, more: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
    return ServiceProcess.start({ ...this.environment, ...more, ROLE: role });
  }

  /** kill -9 of one process; another takes its place. */
  async killAndReplace(role: Role, index = 0): Promise<void> {
    const processes = role === 'web' ? this.webs : this.workers;
    await processes[index]?.kill();
    processes[index] = await this.start(role);
  }

  /** Whether everything runs that was not killed on purpose. */
  get isAlive(): boolean {
    return [...this.webs, ...this.workers].every((process) => process.isAlive);
  }

  /** Ends the connections on which PostgreSQL was not heard. */
  hearPostgresAgain(): void {
    if (!this.parts.postgres.muteFor) return;
    this.parts.postgres.muteFor = null;
    this.parts.postgres.cut();
  }

  /** What the processes complained of beyond a warning. */
  get complaints(): string[] {
    return [...this.webs, ...this.workers].flatMap(({ output }) =>
      output.split('\n').filter((line) => /^{"level":"(error|fatal)"/.test(line)),
    );
  }

  /** The numbers of a row, for who reads the run and for docs/guarantees.md. */
  tell(numbers: string): void {
    process.stderr.write(`[queue on ${this.parts.redis ? 'Redis' : 'PostgreSQL'}] ${numbers}\n`);
  }

  /** A page that readers see. @throws when it is refused */
  async readThread(): Promise<string> {
    const answer = await fetch(`${this.url}/v1/sites/demo/articles/article-0/comments?limit=3`);
    if (answer.status !== 200) throw new Error(`Reading is refused: ${answer.status}`);
    return answer.text();
  }

  get url(): string {
    return this.webs[0]?.url ?? '';
  }

  signIn(): Promise<TestClient> {
    return new TestClient(this.url).signIn(OPERATOR.email, OPERATOR.password);
  }

  /** What a client of its own needs to submit. */
  get asClient(): { readonly url: string; readonly apiKey: string; readonly site: string } {
    return { url: this.url, apiKey: this.#apiKey, site: 'demo' };
  }

  load(options: Partial<Pick<LoadOptions, 'perSecond' | 'site'>> = {}): OpenLoop {
    const urls = (): string[] => this.webs.map((web) => web.url);
    const load = new OpenLoop({ urls, apiKey: this.#apiKey, history: this.history, from: this.#next, ...options });
    this.#loads.add(load);
    return load;
  }

  /** Ends the load, waits until each comment has its verdict, and calls the judge: an empty list is the only good one. */
  async finish(load: OpenLoop, settledWithinMs?: number): Promise<string[]> {
    await load.stop();
    await load.settle(settledWithinMs);
    this.#end(load);
    await this.allScreened();
    await this.learned();
    return this.check();
  }

  /** After each row, so that one that failed leaves nothing to the next. */
  async calmDown(): Promise<void> {
    const { postgres, redisProxy, redis } = this.parts;
    postgres.delayMs = 0;
    this.hearPostgresAgain();
    if (redisProxy) redisProxy.isDeaf = false;
    redis?.thaw();
    for (const load of this.#loads) {
      await load.stop();
      this.#end(load);
      const dead = this.isAlive ? '' : ' A process has ended by itself.';
      this.tell(
        `A row failed after ${load.summary}.${dead} ${[...this.complaints.slice(-3), this.#lastWords()].join('\n')}`,
      );
    }
  }

  #lastWords(): string {
    return [...this.webs, ...this.workers].map(({ output }) => output.slice(-LAST_WORDS)).join('\n');
  }

  #end(load: OpenLoop): void {
    this.#loads.delete(load);
    this.#next = Math.max(this.#next, load.next);
  }

  async check(site = 'demo'): Promise<string[]> {
    const history = History.read(this.history.path);
    const faults = await this.asSuperuser((postgres) => checkHistory({ history, postgres, url: this.url, site }));
    return [...faults, ...(await this.#checkModel(site))];
  }

  /** @returns how long it took */
  async allScreened(withinMs = SCREENED_WITHIN_MS): Promise<number> {
    const begunAt = performance.now();
    await waitUntil(
      async () => (await this.count("select count(*) n from comment where status = 'received'")) === 0,
      'every comment has its verdict',
      withinMs,
    );
    return Math.round(performance.now() - begunAt);
  }

  /** A verdict is given. @returns how long that took */
  async progress(withinMs: number): Promise<number> {
    const begunAt = performance.now();
    const verdicts = (): Promise<number> =>
      this.count("select count(*) n from comment_event where action = 'screening'");
    const before = await verdicts();
    await waitUntil(async () => (await verdicts()) > before, 'a worker goes on', withinMs);
    return Math.round(performance.now() - begunAt);
  }

  /** Every decision has been learned from. */
  learned(): Promise<void> {
    const behind = 'select count(*) n from site_counter where decided_seq > learned_seq';
    return waitUntil(async () => (await this.count(behind)) === 0, 'every decision has been learned from', 30_000);
  }

  count(sql: string): Promise<number> {
    return this.asSuperuser(async (postgres) => Number((await postgres.query<{ n: string }>(sql)).rows[0]?.n));
  }

  async terminateBackends(): Promise<void> {
    await this.asSuperuser((postgres) =>
      postgres.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where backend_type = 'client backend' and pid <> pg_backend_pid() and datname = current_database()`,
      ),
    );
  }

  /** Past the proxy, which only the service goes through. */
  async asSuperuser<T>(work: (postgres: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: (this.ownPostgres ?? this.database).urls.postgres });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.calmDown();
    await Promise.all([...this.webs, ...this.workers].map((process) => process.stop()));
    this.history.close();
    for (const proxy of [this.parts.postgres, this.parts.redisProxy]) await proxy?.close();
    await this.parts.redis?.remove();
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Screening publishes on the site, so that there is something in public to be judged. */
  async #settleSite(): Promise<void> {
    const operator = await this.signIn();
    await operator.request('PATCH', '/v1/sites/demo', { settings: { moderation: 'none', blindShare: 0 } });
    this.#apiKey = await makeSubmitKey(this.url);
  }

  async #checkModel(site: string): Promise<string[]> {
    const out = new PassThrough();
    const { urls } = this.ownPostgres ?? this.database;
    const environment = { ...this.environment, DATABASE_URL: urls.app, MIGRATION_DATABASE_URL: urls.owner };
    const streams = { in: new PassThrough(), out, err: new PassThrough() };
    const code = await runWinnow(['relearn', site], {
      ...streams,
      environment,
      interrupted: new AbortController().signal,
    });
    return code === 0 ? [] : [`the model is not the fold of its decisions: ${String(out.read())}`];
  }
}

function ofOwn(postgres: OwnPostgres): TestDatabase {
  const superuser = superuserPool(postgres.urls.postgres);
  const close = async (): Promise<void> => {
    await superuser.end();
    await postgres.close();
  };
  return { urls: postgres.urls, superuser, close };
}
