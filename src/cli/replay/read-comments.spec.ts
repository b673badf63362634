import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readComments } from './read-comments.js';

const LINES = '{"text":"one"}\r\n\n{"text":"two"\n{"text":"three","label":"spam"}';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-replay-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function write(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('readComments', () => {
  it.each([
    ['plain.jsonl', 'plain', LINES],
    ['packed.jsonl.gz', 'packed', gzipSync(LINES)],
    ['packed-unsaid.jsonl', 'packed-unsaid', gzipSync(LINES)],
    ['plain-after-all.jsonl.gz', 'plain-after-all', LINES],
    ['marked.ndjson', 'marked', `\uFEFF${LINES}`],
  ])('reads %s', async (name, stem, content) => {
    const path = await write(name, content);
    const file = await readComments(path, Infinity);
    expect(file.stem).toBe(stem);
    expect(file.comments.map(({ line, body, label }) => [line, body, label])).toEqual([
      [1, 'one', 'unlabelled'],
      [4, 'three', 'spam'],
    ]);
    expect(file.malformed).toEqual([{ file: path, line: 3, why: 'it is not JSON' }]);
  });

  it('stops after the limit', async () => {
    const path = await write('many.jsonl', '{"text":"x"}\n'.repeat(50_000));
    expect((await readComments(path, 3)).comments).toHaveLength(3);
  });

  it('finds nothing in an empty file', async () => {
    expect((await readComments(await write('empty.jsonl', ''), Infinity)).comments).toEqual([]);
  });

  it('says that a packed file is broken off', async () => {
    const whole = gzipSync(Array.from({ length: 5000 }, (_, n) => `{"text":"comment ${n * 7919}"}`).join('\n'));
    const path = await write('broken.jsonl.gz', whole.subarray(0, whole.length / 2));
    await expect(readComments(path, Infinity)).rejects.toThrow(/is not whole: its compression ends or breaks after/);
  });

  it('says that a folder is no file, and that a file is not there', async () => {
    await expect(readComments(folder, Infinity)).rejects.toThrow(`${folder} is a folder; name the files in it.`);
    await expect(readComments(`${folder}/no`, Infinity)).rejects.toThrow(`There is no file ${folder}/no.`);
  });
});
