import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { decodeFilter } from '../../src/lib/spam/classifier/filter-file.js';
import { scoreComment } from '../../src/lib/spam/classifier/filter.js';
import { readComment } from '../../src/lib/spam/classifier/read-features.js';
import { runWinnow } from '../../src/cli/run-winnow.js';

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const interrupted = new AbortController().signal;
  const code = await runWinnow(args, { in: new PassThrough(), out, err, environment: {}, interrupted });
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: read(out), err: read(err) };
}

const comments = Array.from({ length: 60 }, (_, at) => [
  { id: `a:${at}`, source: 'a', lang: 'en', text: `win free coins at site${at % 7}, subscribe now`, label: 'spam' },
  { id: `b:${at}`, source: 'b', lang: 'en', text: `I liked chapter ${at} of this lovely book`, label: 'ham' },
]).flat();

/** Training walks through a million weights six times, in Jest's sandbox. */
const PATIENCE_MS = 120_000;

let folder: string;
let one: string;
let other: string;
let first: string;
let training: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-train-'));
  one = join(folder, 'one.jsonl');
  other = join(folder, 'two.jsonl.gz');
  const lines = comments.map((comment) => JSON.stringify(comment));
  await writeFile(one, `${lines.slice(0, 60).join('\n')}\nno comment\n`);
  await writeFile(other, gzipSync(lines.slice(60).join('\n')));
  first = join(folder, 'first.bin');
  training = await run('train', one, other, '--out', first);
}, PATIENCE_MS);

afterAll(() => rm(folder, { recursive: true }));

describe('winnow train', () => {
  it(
    'makes the same bytes of the same files in any order, and says what it skipped',
    async () => {
      const second = join(folder, 'second.bin');
      const { code, err } = training;
      await run('train', other, one, '--out', second);
      expect(code).toBe(0);
      expect(err).toContain('one.jsonl:61: skipped');
      expect((await readFile(first)).equals(await readFile(second))).toBe(true);
      const filter = decodeFilter(await readFile(first));
      const scoreOf = (text: string): number => scoreComment(filter, readComment(text)).score;
      expect(scoreOf('win free coins, subscribe now')).toBeGreaterThan(scoreOf('I liked this lovely book'));
      expect(filter.provenance).toMatchObject({ sources: [{ file: 'one.jsonl' }, { file: 'two.jsonl.gz' }] });
    },
    PATIENCE_MS,
  );

  it.each([
    [['train'], 'Name the files to train on'],
    [['train', 'x.jsonl'], 'Say with --out where to write the filter'],
    [['evaluate'], 'Name the files to measure on'],
  ])('says what is missing of %j', async (args, what) => {
    const { code, err } = await run(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(what)]);
  });
});

describe('winnow evaluate', () => {
  it(
    'prints what it measured by source and under each disguise',
    async () => {
      const { code, out } = await run('evaluate', one, other, '--filter', first);
      expect(code).toBe(0);
      for (const name of ['all', 'comments', 'a', 'b', 'homoglyphs', 'ham appended']) {
        expect(out).toContain(`| ${name} |`);
      }
    },
    PATIENCE_MS,
  );
});
