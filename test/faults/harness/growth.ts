import type { FaultStage } from './fault-stage.js';

interface Sample {
  readonly hours: number;
  readonly mib: number;
}

const WARM_UP = 0.2;

/** How much memory processes hold and how large the queue is, over the time of a soak. */
export class Growth {
  readonly #startedAt = performance.now();
  readonly #byProcess = new Map<string, Sample[]>();
  readonly #queue: number[] = [];

  constructor(private readonly stage: FaultStage) {}

  async look(): Promise<void> {
    const { webs, workers } = this.stage;
    const hours = (performance.now() - this.#startedAt) / 3_600_000;
    for (const [name, process] of [['web', webs[0]!] as const, ['worker', workers[0]!] as const]) {
      this.#byProcess.set(name, [...(this.#byProcess.get(name) ?? []), { hours, mib: process.residentMiB }]);
    }
    // Where it cannot be asked just now, that is the fault of the moment.
    const queue = await queueMiB(this.stage).catch(() => null);
    if (queue !== null) this.#queue.push(queue);
  }

  get summary(): string {
    const told = [...this.#byProcess].map(([name, samples]) => {
      const [first, last] = [samples[0]!, samples.at(-1)!];
      const warm = samples.filter(({ hours }) => hours >= WARM_UP * last.hours);
      return `${name} ${mib(first.mib)} to ${mib(last.mib)}, slope ${mib(slope(warm))} an hour`;
    });
    const at = (share: number): string => mib(this.#queue[Math.round((this.#queue.length - 1) * share)] ?? NaN);
    return `${told.join('; ')}; queue ${at(0)}, ${at(0.5)}, ${at(1)}`;
  }
}

/** Of the line that lies nearest to the samples, by least squares. */
function slope(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(samples.map(({ hours }) => hours));
  const y = mean(samples.map((sample) => sample.mib));
  const over = samples.reduce((sum, sample) => sum + (sample.hours - x) * (sample.mib - y), 0);
  return over / samples.reduce((sum, { hours }) => sum + (hours - x) ** 2, 0);
}

function mib(value: number): string {
  return `${value.toFixed(1)} MiB`;
}

/** What Redis says that it uses, or the tables of the queue. */
async function queueMiB(stage: FaultStage): Promise<number> {
  const { redis } = stage.parts;
  if (redis) {
    const memory = await redis.ask((client) => client.info('memory'));
    return Number(/^used_memory:(\d+)/m.exec(memory)?.[1]) / 2 ** 20;
  }
  const bytes = await stage.count(
    `select coalesce(sum(pg_total_relation_size(oid)), 0) n from pg_class
      where relnamespace = 'bullmq'::regnamespace and relkind = 'r'`,
  );
  return bytes / 2 ** 20;
}
