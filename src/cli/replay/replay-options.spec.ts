import fc from 'fast-check';
import { CommandFault } from '../command-fault.js';
import { readReplayOptions } from './replay-options.js';

function faultOf(args: string[], environment: Record<string, string> = {}): CommandFault {
  try {
    readReplayOptions(args, environment);
  } catch (error) {
    if (error instanceof CommandFault) return error;
    throw error;
  }
  throw new Error(`Nothing is wrong with ${args.join(' ')}`);
}

describe('readReplayOptions', () => {
  it('replays to the demo site of a service on this machine unless told otherwise', () => {
    expect(readReplayOptions(['a.jsonl'], {})).toEqual({
      files: ['a.jsonl'],
      url: 'http://localhost:3000',
      site: 'demo',
      article: null,
      credentials: null,
      limit: Infinity,
      concurrency: 16,
      rate: Infinity,
      giveUpAfterMs: 60_000,
      isJson: false,
    });
  });

  it('takes every option', () => {
    const args = ['a.jsonl', 'b.jsonl.gz', '--url', 'https://c.example/winnow/', '--site', 'blog', '--article', '/a'];
    const more = ['--limit', '5', '--concurrency', '2', '--rate', '10', '--give-up-after', '3', '--json', '--key', 'k'];
    expect(readReplayOptions([...args, ...more], {})).toEqual({
      files: ['a.jsonl', 'b.jsonl.gz'],
      url: 'https://c.example/winnow',
      site: 'blog',
      article: '/a',
      credentials: { kind: 'key', key: 'k' },
      limit: 5,
      concurrency: 2,
      rate: 10,
      giveUpAfterMs: 3000,
      isJson: true,
    });
  });

  it.each([
    [['--password', 'p'], {}, { kind: 'password', email: 'admin@localhost', password: 'p' }],
    [['--password', 'p', '--email', 'o@b.org'], {}, { kind: 'password', email: 'o@b.org', password: 'p' }],
    [[], { WINNOW_API_KEY: 'k' }, { kind: 'key', key: 'k' }],
    [[], { WINNOW_PASSWORD: 'p' }, { kind: 'password', email: 'admin@localhost', password: 'p' }],
    [[], { WINNOW_API_KEY: 'k', WINNOW_PASSWORD: 'p' }, { kind: 'key', key: 'k' }],
    [['--key', 'typed'], { WINNOW_API_KEY: 'k', WINNOW_PASSWORD: 'p' }, { kind: 'key', key: 'typed' }],
    [
      ['--password', 'typed'],
      { WINNOW_API_KEY: 'k' },
      { kind: 'password', email: 'admin@localhost', password: 'typed' },
    ],
    [
      ['--email', 'o@b.org'],
      { WINNOW_API_KEY: 'k', WINNOW_PASSWORD: 'p' },
      { kind: 'password', email: 'o@b.org', password: 'p' },
    ],
    [[], { WINNOW_API_KEY: '', WINNOW_PASSWORD: '' }, null],
  ])('with %j and %j signs in by %j', (args, environment, credentials) => {
    expect(readReplayOptions(['a.jsonl', ...args], environment).credentials).toEqual(credentials);
  });

  it.each([
    [[], /^Name at least one file/],
    [['a', '--nope'], /^Unknown option '--nope'\.$/m],
    [['a', '--limit'], /argument missing/],
    [['a', '--url', 'localhost:3000'], /^--url must be/],
    [['a', '--url', 'ftp://x'], /^--url must be/],
    [['a', '--key', 'k', '--password', 'p'], /not both/],
    [['a', '--email', 'o@b.org'], /^Give the password/],
    [['a', '--concurrency', '1001'], /from 1 to 1000/],
  ])('refuses %j with exit code 2', (args, message) => {
    const fault = faultOf(args);
    expect(fault.exitCode).toBe(2);
    expect(fault.message).toMatch(message);
  });

  it('takes for a number only a whole one from 1 on', () => {
    const isCount = (text: string): boolean => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 1e9;
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.float().map(String), fc.bigInt().map(String)), (text) => {
        fc.pre(!isCount(text) || text.length > 10);
        expect(faultOf(['a', `--rate=${text}`]).exitCode).toBe(2);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (rate) => {
        expect(readReplayOptions(['a', '--rate', `${rate}`], {}).rate).toBe(rate);
      }),
    );
  });
});
