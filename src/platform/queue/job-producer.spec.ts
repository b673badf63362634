import { jest } from '@jest/globals';
import { JobProducer } from './job-producer.js';
import type { OpenQueue, PackedJob, QueueBackend } from './queue-backend.js';

type Add = (jobs: readonly PackedJob[]) => Promise<unknown>;

const never = new Promise<never>(() => undefined);
const turn = (): Promise<void> => new Promise(setImmediate);

/** A queue in memory that can be told to be slow, broken or deaf. */
class FakeBackend {
  opened = 0;
  closed = 0;
  readonly added: number[][] = [];
  open: () => Promise<void> = () => Promise.resolve();
  add: Add = () => Promise.resolve();
  close: () => Promise<void> = () => Promise.resolve();

  async openQueue(): Promise<OpenQueue> {
    this.opened++;
    await this.open();
    return {
      addBulk: (jobs) => {
        this.added.push(jobs.map(({ data }) => (data as { item: number }).item));
        return this.add(jobs);
      },
      getJobCounts: () => Promise.resolve({ waiting: 2, active: 1 }),
      close: () => {
        this.closed++;
        return this.close();
      },
    };
  }
}

function makeProducer(backend: FakeBackend): { producer: JobProducer<number>; errors: Error[] } {
  const errors: Error[] = [];
  const pack = (items: readonly number[]): PackedJob[] => items.map((item) => ({ name: 'job', data: { item } }));
  const producer = new JobProducer<number>(backend as unknown as QueueBackend, 'test', pack, (error) => {
    errors.push(error);
  });
  return { producer, errors };
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await turn();
}

/** Under load an add begins only some milliseconds after the last, so turns of the event loop are not enough. */
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries++) await new Promise((resolve) => setTimeout(resolve, 2));
}

afterEach(() => {
  jest.useRealTimers();
});

describe('JobProducer', () => {
  it('adds together what is offered in one turn', async () => {
    const backend = new FakeBackend();
    const { producer } = makeProducer(backend);
    producer.offer([1]);
    producer.offer([2, 3]);
    await turns(3);
    expect(backend.added).toEqual([[1, 2, 3]]);
  });

  it('collects while an add is under way, and adds that together', async () => {
    const backend = new FakeBackend();
    let finish: () => void = () => undefined;
    backend.add = () => new Promise<void>((resolve) => (finish = resolve));
    const { producer } = makeProducer(backend);
    producer.offer([1]);
    await turns(3);
    for (let i = 2; i < 50; i++) producer.offer([i]);
    await turns(3);
    expect(backend.added).toHaveLength(1);
    finish();
    await until(() => backend.added.length === 2);
    expect(backend.added[1]).toHaveLength(48);
    finish();
  });

  it('adds what comes after a quiet time at once, and under load ten times a second', async () => {
    const backend = new FakeBackend();
    const { producer } = makeProducer(backend);
    const start = performance.now();
    for (let i = 0; i < 10; i++) {
      producer.offer([i]);
      await turns(3);
    }
    expect(backend.added).toHaveLength(10);
    for (let i = 10; i < 500; i++) {
      producer.offer([i]);
      await turns(1);
    }
    await until(() => backend.added.flat().length === 500);
    expect(backend.added.length).toBeLessThanOrEqual(11 + (performance.now() - start) / 100);
  });

  it('never blocks who offers, even when the queue hangs', () => {
    const backend = new FakeBackend();
    backend.open = () => never;
    const { producer } = makeProducer(backend);
    const start = performance.now();
    for (let i = 0; i < 30_000; i++) producer.offer([i]);
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  it('throws the queue away after a failure and builds a new one', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const backend = new FakeBackend();
    backend.add = () => Promise.reject(new Error('down'));
    const { producer, errors } = makeProducer(backend);
    producer.offer([1]);
    await turns(3);
    expect(errors).toHaveLength(1);
    expect(backend.closed).toBe(1);
    backend.add = () => Promise.resolve();
    jest.advanceTimersByTime(200);
    producer.offer([2]);
    await turns(3);
    expect(backend.opened).toBe(2);
    expect(backend.added.at(-1)).toContain(2);
  });

  it('leaves a queue that is down alone for longer and longer', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const backend = new FakeBackend();
    backend.open = () => Promise.reject(new Error('down'));
    const { producer } = makeProducer(backend);
    for (let tenths = 0; tenths < 100; tenths++) {
      producer.offer([tenths]);
      await turns(2);
      jest.advanceTimersByTime(100);
    }
    expect(backend.opened).toBeGreaterThan(3);
    expect(backend.opened).toBeLessThan(12);
  });

  it('leaves it alone no longer when the time of day is set back', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const backend = new FakeBackend();
    backend.add = () => Promise.reject(new Error('down'));
    const { producer } = makeProducer(backend);
    producer.offer([1]);
    await turns(3);
    backend.add = () => Promise.resolve();
    jest.setSystemTime(Date.now() - 3_600_000);
    jest.advanceTimersByTime(200);
    producer.offer([2]);
    await turns(3);
    expect(backend.added.at(-1)).toEqual([2]);
  });

  it('says whether the queue took what is delivered, and asks none that failed a moment ago', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const backend = new FakeBackend();
    const { producer, errors } = makeProducer(backend);
    expect(await producer.deliver([1])).toBe(true);
    backend.add = () => Promise.reject(new Error('down'));
    expect(await producer.deliver([2])).toBe(false);
    expect(await producer.deliver([3])).toBe(false);
    expect(errors).toHaveLength(1);
    backend.add = () => Promise.resolve();
    jest.advanceTimersByTime(200);
    expect(await producer.deliver([4])).toBe(true);
    expect(backend.added).toEqual([[1], [2], [4]]);
    await producer.close();
    expect(await producer.deliver([5])).toBe(false);
  });

  it('gives a queue that hangs up after its deadline, and works again', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const backend = new FakeBackend();
    backend.add = () => never;
    const { producer, errors } = makeProducer(backend);
    producer.offer([1]);
    await turns(3);
    await jest.advanceTimersByTimeAsync(5_000);
    await turns(3);
    expect(errors).toHaveLength(1);
    backend.add = () => Promise.resolve();
    await jest.advanceTimersByTimeAsync(200);
    producer.offer([2]);
    await turns(3);
    expect(backend.added.at(-1)).toContain(2);
  });

  it('strands nothing that is offered in the very moment in which an add ends', async () => {
    const offeredAt = async (depth: number): Promise<{ depth: number; added: number[] }> => {
      const backend = new FakeBackend();
      const { producer } = makeProducer(backend);
      let isFirst = true;
      backend.add = () => {
        const done = Promise.resolve();
        if (isFirst) {
          isFirst = false;
          void offerAfter(done, depth, producer);
        }
        return done;
      };
      producer.offer([1]);
      await until(() => backend.added.flat().length === 2);
      return { depth, added: backend.added.flat() };
    };
    const depths = Array.from({ length: 30 }, (_, depth) => depth);
    expect(await Promise.all(depths.map(offeredAt))).toEqual(depths.map((depth) => ({ depth, added: [1, 2] })));
  });

  it('opens one queue, however many ask for it at once', async () => {
    const backend = new FakeBackend();
    backend.open = turn;
    const { producer } = makeProducer(backend);
    producer.offer([1]);
    await Promise.all([producer.depth(), producer.depth()]);
    await turns(3);
    expect(backend.opened).toBe(1);
  });

  it('closes a queue that opened only after it was given up', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const backend = new FakeBackend();
    let opened: () => void = () => undefined;
    backend.open = () => new Promise<void>((resolve) => (opened = resolve));
    const { producer } = makeProducer(backend);
    producer.offer([1]);
    await turns(2);
    await jest.advanceTimersByTimeAsync(5_000);
    opened();
    await turns(3);
    expect(backend.closed).toBe(1);
  });

  it('knows the depth, and null when the queue does not answer', async () => {
    const backend = new FakeBackend();
    const { producer } = makeProducer(backend);
    expect(await producer.depth()).toBe(3);
    const down = new FakeBackend();
    down.open = () => Promise.reject(new Error('down'));
    expect(await makeProducer(down).producer.depth()).toBeNull();
  });

  it('adds what waits before it closes, and takes nothing afterwards', async () => {
    const backend = new FakeBackend();
    const { producer } = makeProducer(backend);
    producer.offer([1]);
    await producer.close();
    producer.offer([2]);
    await turns(3);
    expect(backend.added).toEqual([[1]]);
    expect(backend.closed).toBe(1);
  });

  it('closes within a deadline even when the queue never lets go', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const backend = new FakeBackend();
    backend.close = () => never;
    const { producer } = makeProducer(backend);
    producer.offer([1]);
    await turns(3);
    let isClosed = false;
    void producer.close().then(() => (isClosed = true));
    await jest.advanceTimersByTimeAsync(15_000);
    expect(isClosed).toBe(true);
  });
});

/** Offers a second item so many microtasks after the promise is settled. */
async function offerAfter(done: Promise<void>, microtasks: number, producer: JobProducer<number>): Promise<void> {
  await done;
  for (let i = 0; i < microtasks; i++) await Promise.resolve();
  producer.offer([2]);
}
