import { jest } from '@jest/globals';
import { Problem } from './problem/problem.js';
import { Batcher, type BatchWork } from './batcher.js';

class BadRow extends Error {}

/** Writes when it is let, and fails for the numbers it is told. */
class FakeWriter implements BatchWork<number, string> {
  readonly batches: number[][] = [];
  readonly bad = new Set<number>();
  inFlight = 0;
  mostInFlight = 0;
  fault: Error | null = null;
  hold = false;
  readonly #waiting: (() => void)[] = [];

  async run(items: readonly number[]): Promise<string[]> {
    this.batches.push([...items]);
    this.inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    if (this.hold) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else await new Promise(setImmediate);
    this.inFlight--;
    if (this.fault) throw this.fault;
    if (items.some((item) => this.bad.has(item))) throw new BadRow();
    return items.map((item) => `stored ${item}`);
  }

  isItemFault(error: unknown): boolean {
    return error instanceof BadRow;
  }

  letOneGo(): void {
    this.#waiting.shift()?.();
  }

  letAllGo(): void {
    this.hold = false;
    while (this.#waiting.length > 0) this.letOneGo();
  }
}

function setUp(): { writer: FakeWriter; batcher: Batcher<number, string>; sizes: number[] } {
  const writer = new FakeWriter();
  const sizes: number[] = [];
  const batcher = new Batcher(writer, (size) => sizes.push(size));
  return { writer, batcher, sizes };
}

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
};

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('Batcher', () => {
  it('sends the first of an idle moment at once', async () => {
    const { writer, batcher } = setUp();
    writer.hold = true;
    const first = batcher.submit(1);
    await turns(2);
    expect(writer.batches).toEqual([[1]]);
    writer.letAllGo();
    expect(await first).toBe('stored 1');
  });

  it('puts what arrives in one turn into one batch', async () => {
    const { writer, batcher } = setUp();
    await Promise.all(numbers(1, 40).map((item) => batcher.submit(item)));
    expect(writer.batches).toEqual([numbers(1, 40)]);
  });

  it('has at most two writes under way, and lets the others collect', async () => {
    const { writer, batcher } = setUp();
    writer.hold = true;
    const all: Promise<string>[] = [];
    for (const item of numbers(1, 30)) {
      all.push(batcher.submit(item));
      await turns(2);
    }
    expect(writer.batches).toEqual([[1], [2]]);
    writer.letOneGo();
    await turns(3);
    expect(writer.batches[2]).toEqual(numbers(3, 30));
    writer.letAllGo();
    expect(await Promise.all(all)).toHaveLength(30);
    expect(writer.mostInFlight).toBe(2);
  });

  it('never makes a batch of more than 500', async () => {
    const { batcher, sizes } = setUp();
    await Promise.all(numbers(1, 1_234).map((item) => batcher.submit(item)));
    expect(Math.max(...sizes)).toBe(500);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_234);
  });

  it('gives each caller its own answer, in any load', async () => {
    const { batcher } = setUp();
    const answers = await Promise.all(numbers(1, 2_000).map((item) => batcher.submit(item)));
    expect(answers).toEqual(numbers(1, 2_000).map((item) => `stored ${item}`));
  });

  it('fails one bad row and none of its 499 neighbours', async () => {
    const { writer, batcher } = setUp();
    writer.bad.add(333);
    const settled = await Promise.allSettled(numbers(1, 500).map((item) => batcher.submit(item)));
    const failed = settled.flatMap(({ status }, index) => (status === 'rejected' ? [index + 1] : []));
    expect(failed).toEqual([333]);
    // Halving finds one of 500 in at most 2 * log2(500) + 1 writes.
    expect(writer.batches.length).toBeLessThanOrEqual(19);
  });

  it('finds every bad row of many', async () => {
    const { writer, batcher } = setUp();
    for (const item of [1, 2, 250, 499, 500]) writer.bad.add(item);
    const settled = await Promise.allSettled(numbers(1, 500).map((item) => batcher.submit(item)));
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  });

  it('fails all of a batch at once when no row is to blame', async () => {
    const { writer, batcher } = setUp();
    writer.fault = new Error('the database is away');
    const settled = await Promise.allSettled(numbers(1, 100).map((item) => batcher.submit(item)));
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    expect(writer.batches).toHaveLength(1);
  });

  it('works again after a failure', async () => {
    const { writer, batcher } = setUp();
    writer.fault = new Error('the database is away');
    await expect(batcher.submit(1)).rejects.toThrow('away');
    writer.fault = null;
    await expect(batcher.submit(2)).resolves.toBe('stored 2');
  });

  it('refuses at once, with a 503, when ten thousand wait already', async () => {
    const { writer, batcher } = setUp();
    writer.hold = true;
    const all = numbers(1, 10_001).map((item) => batcher.submit(item).catch((error: unknown) => error));
    const last = await all.at(-1);
    expect(last).toBeInstanceOf(Problem);
    expect((last as Problem).code).toBe('unavailable');
    await turns(2);
    writer.letAllGo();
    expect((await Promise.all(all)).filter((answer) => answer instanceof Problem)).toHaveLength(1);
  });

  it('refuses while the first in line has waited longer than its writer has patience, and no longer', async () => {
    const { writer, batcher } = setUp();
    Object.assign(writer, { patienceMs: 2_000, hold: true });
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const writing = [batcher.submit(1)];
    await turns(2);
    writing.push(batcher.submit(2));
    await turns(2);
    writing.push(batcher.submit(3));
    now.mockReturnValue(2_000);
    writing.push(batcher.submit(4));
    now.mockReturnValue(2_001);
    await expect(batcher.submit(5)).rejects.toMatchObject({ code: 'unavailable' });
    writer.letAllGo();
    await Promise.all(writing);
    await expect(batcher.submit(6)).resolves.toBe('stored 6');
    now.mockRestore();
  });
});
