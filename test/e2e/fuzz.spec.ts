// A sample of what `npm run test:fuzz` sends by the thousand.
import { OPERATION_GROUPS } from '../../src/web/openapi/operations/all-operations.js';
import { Fuzzer } from '../fuzz/fuzz-routes.js';

let fuzzer: Fuzzer;

beforeAll(async () => {
  fuzzer = await Fuzzer.open();
}, 120_000);

afterAll(() => fuzzer.close());

it.each(OPERATION_GROUPS.map(({ tag }) => tag))(
  '%s: whatever is sent, the answer is one that is described',
  async (tag) => {
    expect((await fuzzer.run(tag, 50)).join('\n\n')).toBe('');
  },
  60_000,
);
