import { SharedReading } from './shared-reading.js';

/** A question that is answered when the test says so. */
class Slow {
  asked = 0;
  #answer: (value: number) => void = () => undefined;
  #fail: () => void = () => undefined;

  read = (): Promise<number> => {
    this.asked++;
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = () => {
        reject(new Error('away'));
      };
    });
  };

  answer(value: number): void {
    this.#answer(value);
  }

  fail(): void {
    this.#fail();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a shared reading', () => {
  it('is asked once, however many want to know', async () => {
    const slow = new Slow();
    const reading = new SharedReading(slow.read, { withinMs: 5_000, lifeMs: 0 });
    const values = Promise.all(Array.from({ length: 50 }, () => reading.value()));
    slow.answer(7);
    expect(new Set(await values)).toEqual(new Set([7]));
    expect(slow.asked).toBe(1);
  });

  it('is believed for its life and asked again after it', async () => {
    let now = 0;
    const slow = new Slow();
    const reading = new SharedReading(slow.read, { withinMs: 5_000, lifeMs: 100 }, () => now);
    const first = reading.value();
    slow.answer(1);
    expect(await first).toBe(1);
    now = 99;
    expect(await reading.value()).toBe(1);
    now = 100;
    const second = reading.value();
    slow.answer(2);
    expect(await second).toBe(2);
    expect(slow.asked).toBe(2);
  });

  it('is null in time when it hangs, asks no second time meanwhile, and takes the late answer', async () => {
    const slow = new Slow();
    const reading = new SharedReading(slow.read, { withinMs: 5, lifeMs: 0 });
    expect(await reading.value()).toBeNull();
    expect(await reading.value()).toBeNull();
    expect(slow.asked).toBe(1);
    const waiting = reading.value();
    slow.answer(3);
    expect(await waiting).toBe(3);
  });

  it('is null when it fails, and asked anew', async () => {
    const slow = new Slow();
    const reading = new SharedReading(slow.read, { withinMs: 5_000, lifeMs: 0 });
    const failed = reading.value();
    slow.fail();
    expect(await failed).toBeNull();
    await turn();
    const next = reading.value();
    slow.answer(4);
    expect(await next).toBe(4);
    expect(slow.asked).toBe(2);
  });
});
