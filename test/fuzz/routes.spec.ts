// FUZZ_SEED=… looks for new cases, FUZZ_RUNS=… for more or fewer of them.
import { OPERATION_GROUPS } from '../../src/web/openapi/operations/all-operations.js';
import { Fuzzer, SEED } from './fuzz-routes.js';

const RUNS = Number(process.env.FUZZ_RUNS ?? 2_000);
const TELL_EVERY = 100;
const LONGEST_MS = 15 * 60_000;

/**
 * Sites or campaigns that all exist and are named once, and a filter that finds something on them: no chance comes by it.
 * `test/e2e/moderation-job-groups` does it.
 */
const NOT_BY_CHANCE = ['makeJobGroup'];

let fuzzer: Fuzzer;

beforeAll(async () => {
  process.stderr.write(`Fuzzing with FUZZ_SEED=${String(SEED)} FUZZ_RUNS=${String(RUNS)}\n`);
  fuzzer = await Fuzzer.open();
}, 120_000);

afterAll(() => fuzzer.close());

it.each(OPERATION_GROUPS.map(({ tag }) => tag))(
  '%s: whatever is sent, the answer is one that is described',
  async (tag) => {
    const tell = (done: number): void => {
      if (done % TELL_EVERY === 0) process.stderr.write(`${tag}: ${String(done)} of ${String(RUNS)}\n`);
    };
    await fuzzer.renew();
    expect((await fuzzer.run(tag, RUNS, tell)).join('\n\n')).toBe('');
    // Each of them did what it is for, at least once: a check of form alone would be all that was tried.
    const { faults, undone } = await fuzzer.finish(tag);
    expect(faults).toEqual([]);
    expect(undone.filter((words) => !NOT_BY_CHANCE.some((id) => words.startsWith(`${id}:`)))).toEqual([]);
  },
  LONGEST_MS,
);
