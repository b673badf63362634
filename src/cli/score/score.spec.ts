import { PassThrough } from 'node:stream';
import { runWinnow } from '../run-winnow.js';

async function score(input: string, ...args: string[]): Promise<{ code: number; out: string[]; err: string }> {
  const [stdin, out, err] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(input);
  const code = await runWinnow(['score', ...args], {
    in: stdin,
    out,
    err,
    environment: {},
    interrupted: new AbortController().signal,
  });
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: read(out).split('\n').slice(0, -1), err: read(err) };
}

const line = (text: string): string => `${JSON.stringify({ text })}\n`;

describe('winnow score', () => {
  it('prints a number for each comment, in order, higher for spam', async () => {
    const { code, out } = await score(line('Check out my channel and subscribe') + line('I liked this article.'));
    expect(code).toBe(0);
    expect(out).toHaveLength(2);
    expect(Number(out[0])).toBeGreaterThan(1);
    expect(Number(out[1])).toBeLessThan(-1);
  });

  it('keeps its place where a line is no comment, and says so', async () => {
    const { code, out, err } = await score(`${line('one')}nonsense\n{"text":7}\n${line('two\u2028three')}`);
    expect(out.map((one) => one === 'null')).toEqual([false, true, true, false]);
    expect(code).toBe(1);
    expect(err).toBe('winnow: line 2 is not JSON.\nwinnow: line 3 is without a "text".\n');
  });

  it('prints the verdict with its reasons as JSON', async () => {
    const { out } = await score(line('Check out my channel and subscribe'), '--json');
    const { label, signals } = JSON.parse(out[0] ?? '') as { label: string; signals: unknown[] };
    expect(label).toBe('spam');
    expect(signals.length).toBeGreaterThan(2);
  });

  it('prints the shipped limits in the unit of the scores', async () => {
    const { out } = await score('', '--thresholds');
    expect(out).toEqual([expect.stringMatching(/^hold -?\d/), expect.stringMatching(/^spam \d/)]);
  });

  it.each([[['--online']], [['--online', '--from-nothing']]])('learns after each comment with %j', async (args) => {
    const { code, out } = await score(
      `${line('obat kuat alami')}spam\n${line('terima kasih')}ham\n`.repeat(4) +
        line('obat kuat') +
        line('terima kasih'),
      ...args,
    );
    expect(code).toBe(0);
    expect(out).toHaveLength(10);
    expect(Number(out[8])).toBeGreaterThan(Number(out[0]));
    expect(Number(out[8])).toBeGreaterThan(Number(out[9]));
  });

  it('refuses options that do not go together', async () => {
    const { code, err } = await score('', '--from-nothing');
    expect(code).toBe(2);
    expect(err).toContain('--from-nothing goes with --online');
  });
});
