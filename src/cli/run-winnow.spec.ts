import { PassThrough } from 'node:stream';
import { runWinnow } from './run-winnow.js';

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out = new PassThrough();
  const err = new PassThrough();
  const code = await runWinnow(args, {
    in: new PassThrough(),
    out,
    err,
    environment: {},
    interrupted: new AbortController().signal,
  });
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: read(out), err: read(err) };
}

describe('winnow', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])('lists its commands for %j', async (args) => {
    const { code, out } = await run(...args);
    expect(code).toBe(0);
    for (const name of ['migrate', 'doctor', 'replay']) expect(out).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'));
  });

  it.each([[['help', 'replay']], [['replay', '--help']], [['replay', 'x.jsonl', '-h']]])(
    'explains the command for %j',
    async (args) => {
      const { code, out } = await run(...args);
      expect(code).toBe(0);
      expect(out).toContain('--concurrency');
    },
  );

  it.each(['nope', 'constructor', '__proto__'])('refuses the unknown command %s with exit code 2', async (name) => {
    for (const args of [[name], ['help', name]]) {
      const { code, out, err } = await run(...args);
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toBe(`winnow: There is no command "${name}". winnow --help lists those there are.\n`);
    }
  });

  it('says what is wrong with the command line, with exit code 2 and no stack', async () => {
    const { code, err } = await run('replay', '--sight', 'blog', 'x.jsonl');
    expect(code).toBe(2);
    expect(err).toMatch(/^winnow: Unknown option '--sight'\.\n/);
    expect(err).not.toContain('    at ');
  });

  it('names a file that is not there, with exit code 1', async () => {
    const { code, err } = await run('replay', '--key', 'k', '/nowhere/comments.jsonl');
    expect(code).toBe(1);
    expect(err).toBe('winnow: There is no file /nowhere/comments.jsonl.\n');
  });
});
