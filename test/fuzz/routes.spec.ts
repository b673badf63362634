// FUZZ_SEED=… looks for new cases, FUZZ_RUNS=… for more or fewer of them.
import { OPERATION_GROUPS } from '../../src/web/openapi/operations/all-operations.js';
import { Fuzzer, SEED } from './fuzz-routes.js';

const RUNS = Number(process.env.FUZZ_RUNS ?? 2_000);
const TELL_EVERY = 100;
const LONGEST_MS = 15 * 60_000;

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
    expect((await fuzzer.run(tag, RUNS, tell)).join('\n\n')).toBe('');
  },
  LONGEST_MS,
);

/** What is sent wears the tenant down: comments are deleted, links are used up. */
const UNDONE_AT_MOST = 25;

it('most of what can be done was done', () => {
  expect(fuzzer.undone().length).toBeLessThan(UNDONE_AT_MOST);
});
