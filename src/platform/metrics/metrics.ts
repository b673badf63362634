import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { QueueDepths } from '../queue/queue-depths.js';
import type { SharedReading } from '../shared-reading.js';

/*
 * What Prometheus may know. Counted as it happens, into label values resolved once: a request costs about a
 * microsecond. No label names a site or a person: there may be a million of either.
 */

const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
const WAITING_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];
const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What waits for the screening. */
export interface Backlog {
  /** Counted up to a bound, so that a long backlog is not made longer by counting it. */
  readonly received: number;
  readonly oldestSeconds: number;
}

/** The connections of a pool, as pg counts them. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

const FLOOD_PROOFS = ['solved', 'spared', 'missing'] as const;
const READY_RESULTS = ['hit', 'miss', 'not_modified'] as const;
const VERDICTS = ['ham', 'unsure', 'spam'] as const;

export type FloodProofGiven = (typeof FLOOD_PROOFS)[number];
export type ReadyResult = (typeof READY_RESULTS)[number];
export type ScreenedVerdict = (typeof VERDICTS)[number];
export type DecidedBy = 'person' | 'program';

interface RequestSeries {
  readonly total: Counter.Internal;
  readonly seconds: Histogram.Internal<'route'>;
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #requestSeries = new Map<string, RequestSeries>();
  readonly #requests = this.#counter('http_requests_total', 'Answered requests.', ['method', 'route', 'status']);
  readonly #requestSeconds = this.#histogram('http_request_duration_seconds', 'From request to answer.', {
    buckets: REQUEST_SECONDS,
    label: 'route',
  });
  readonly #submissions = this.#counter('submissions_total', 'Submissions by what became of them.', ['outcome']);
  readonly #floods = this.#counter('floods_total', 'Floods of a site that this process saw begin.', []);
  readonly #floodSubmissions = this.#counter(
    'flood_submissions_total',
    'Submissions to flooded sites, by their proof.',
    ['proof'],
  );
  readonly #intakeBatch = this.#histogram('intake_batch_size', 'Submissions that shared a transaction.', {
    buckets: BATCH_SIZES,
  });
  readonly #screeningSeconds = this.#histogram('screening_duration_seconds', 'From submission to verdict.', {
    buckets: WAITING_SECONDS,
  });
  readonly #screeningBatch = this.#histogram('screening_batch_size', 'Comments screened in one transaction.', {
    buckets: BATCH_SIZES,
  });
  readonly #screeningWork = this.#histogram('screening_batch_duration_seconds', 'Work on one screening batch.', {
    buckets: REQUEST_SECONDS,
  });
  readonly #screened = this.#counter('screened_total', 'Verdicts of the filter.', ['verdict']);
  readonly #decisions = this.#counter('decisions_total', 'Decisions in force, by action and who took them.', [
    'action',
    'by',
  ]);
  readonly #learned = this.#counter('learned_total', 'What decisions taught, or an undo took back.', ['what']);
  readonly #unlearnedSites = this.#gauge('unlearned_sites', 'Sites with decisions not yet learned, counted up to 100.');
  readonly #readyAnswers = this.#counter('ready_answers_total', 'Public reads, by what memory could give.', ['result']);
  readonly #readySeries = new Map(READY_RESULTS.map((result) => [result, this.#readyAnswers.labels(result)]));
  readonly #queueDepth = this.#gauge('queue_depth', 'Jobs that wait or run.', ['queue']);
  readonly #received = this.#gauge('received_comments', 'Comments without a verdict, counted up to 50,000.');
  readonly #oldestReceived = this.#gauge('oldest_received_seconds', 'Age of the oldest comment without a verdict.');
  readonly #scrapeOk = this.#gauge('scrape_ok', '1 when the source answered this scrape in time.', ['source']);
  readonly #connections = this.#gauge('database_connections', 'Connections of the pool.', ['state']);
  #backlog: SharedReading<Backlog> | null = null;
  #pool: PoolCounts | null = null;

  constructor(private readonly depths: QueueDepths) {
    collectDefaultMetrics({ register: this.#registry });
    // From 0, so that the first of a kind is seen as an increase.
    for (const series of this.#readySeries.values()) series.inc(0);
    for (const verdict of VERDICTS) this.#screened.inc({ verdict }, 0);
    this.learned({ spam: 0, ham: 0, takenBack: 0 });
    for (const outcome of ['accepted', 'replayed']) this.#submissions.inc({ outcome }, 0);
    for (const proof of FLOOD_PROOFS) this.#floodSubmissions.inc({ proof }, 0);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** @param route its pattern, never an address that somebody typed */
  request(method: string, route: string, status: number, seconds: number): void {
    const name = `${method} ${status} ${route}`;
    let series = this.#requestSeries.get(name);
    if (!series) {
      const verb = METHODS.has(method) ? method : 'other';
      series = {
        total: this.#requests.labels(verb, route, String(status)),
        seconds: this.#requestSeconds.labels(route),
      };
      this.#requestSeries.set(name, series);
    }
    series.total.inc();
    series.seconds.observe(seconds);
  }

  /** @param outcome `accepted`, `replayed`, or the code of the refusal */
  submitted(outcome: string): void {
    this.#submissions.inc({ outcome });
  }

  floodBegan(): void {
    this.#floods.inc();
  }

  /** @param proof what came with it; `spared`: its form was opened moments before */
  floodSubmission(proof: FloodProofGiven): void {
    this.#floodSubmissions.inc({ proof });
  }

  intakeBatch(size: number): void {
    this.#intakeBatch.observe(size);
  }

  screeningBatch(size: number, seconds: number): void {
    this.#screeningBatch.observe(size);
    this.#screeningWork.observe(seconds);
  }

  /** @param seconds from the comment's submission to its verdict */
  screened(verdict: ScreenedVerdict, seconds: number): void {
    this.#screened.inc({ verdict });
    this.#screeningSeconds.observe(seconds);
  }

  decided(action: string, by: DecidedBy): void {
    this.#decisions.inc({ action, by });
  }

  learned({ spam, ham, takenBack }: { readonly spam: number; readonly ham: number; readonly takenBack: number }): void {
    this.#learned.inc({ what: 'spam' }, spam);
    this.#learned.inc({ what: 'ham' }, ham);
    this.#learned.inc({ what: 'taken_back' }, takenBack);
  }

  unlearnedSites(count: number): void {
    this.#unlearnedSites.set(count);
  }

  readyAnswer(result: ReadyResult): void {
    this.#readySeries.get(result)?.inc();
  }

  /** Asked at a scrape. */
  watchBacklog(reading: SharedReading<Backlog>): void {
    this.#backlog = reading;
  }

  watchPool(pool: PoolCounts): void {
    this.#pool = pool;
  }

  /** The text of a scrape. What does not answer in time is missing in it, and its `winnow_scrape_ok` is 0. */
  async render(): Promise<string> {
    const [depths, backlog] = await Promise.all([this.depths.read(), this.#backlog?.value()]);
    for (const [queue, depth] of depths) this.#showDepth(queue, depth);
    if (backlog !== undefined) this.#showBacklog(backlog);
    this.#showPool();
    return this.#registry.metrics();
  }

  #showDepth(queue: string, depth: number | null): void {
    this.#scrapeOk.set({ source: `queue ${queue}` }, depth === null ? 0 : 1);
    if (depth === null) this.#queueDepth.remove({ queue });
    else this.#queueDepth.set({ queue }, depth);
  }

  #showBacklog(backlog: Backlog | null): void {
    this.#scrapeOk.set({ source: 'database' }, backlog === null ? 0 : 1);
    if (backlog === null) {
      this.#received.remove();
      this.#oldestReceived.remove();
    } else {
      this.#received.set(backlog.received);
      this.#oldestReceived.set(backlog.oldestSeconds);
    }
  }

  #showPool(): void {
    if (!this.#pool) return;
    const { totalCount, idleCount, waitingCount } = this.#pool;
    this.#connections.set({ state: 'busy' }, totalCount - idleCount);
    this.#connections.set({ state: 'idle' }, idleCount);
    this.#connections.set({ state: 'awaited' }, waitingCount);
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `winnow_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> {
    return new Gauge({ name: `winnow_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string, shape: { buckets: number[]; label?: 'route' }): Histogram<'route'> {
    const labelNames = shape.label ? [shape.label] : [];
    return new Histogram({
      name: `winnow_${name}`,
      help,
      labelNames,
      buckets: shape.buckets,
      registers: [this.#registry],
    });
  }
}
