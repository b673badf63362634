import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { SourceFile } from './house.js';
import { BUILT, SLOW_IN_THEORY } from './known-expressions.js';

/* No text of a stranger makes a regular expression of ours run away (ReDoS). */

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.spec(-support)?\.ts$/.test(path))
  .map((path) => new SourceFile(`src/${path.replaceAll('\\', '/')}`, readFileSync(join(SRC, path), 'utf8')));

const literals = new Map(
  files.flatMap((file) =>
    file.all(ts.isRegularExpressionLiteral).map(({ text }) => [text, `${file.path} ${text}`] as const),
  ),
);
const known = new Map(SLOW_IN_THEORY.map((one) => [String(one.expression), one]));

/** What repeats nothing without a bound takes at each place of a text as long as at any other. */
const REPEATS = /[*+]|\{\d+,\}/;

const SLOW_MS = 500;
const FRAMES = [
  ['', ''],
  ['x', '\0'],
  ['x', 'x'],
  ['(', '\n'],
] as const;
const PARTS = [
  ...['a', '1', 'É', '赌', ' ', '\t', '\n', '.', '-', '_', '/', '@', '<', '[', '(', '*', '`', "'", '!'],
  ...['<a ', '[b', 'a@', 'a.', ' a', ' .', 'a1', '1 ', '(1', 'aa1', ' \n', '\r\n', 'www.', 'http://', 'https://a'],
  ...['[a](', '[a](http://', ',gzip ', 'gzip;', 'ENOENT', 'Version/a ', 'Version/ '],
];

/** @returns the longest time for a text of this length, and which text it was */
function slowest(expression: RegExp, length: number): { readonly ms: number; readonly text: string } {
  const every = new RegExp(
    expression.source,
    expression.flags.includes('g') ? expression.flags : `${expression.flags}g`,
  );
  const times = FRAMES.flatMap(([before, behind]) =>
    PARTS.map((part) => {
      const text = before + part.repeat(length / part.length) + behind;
      const ms = timeOf(every, text);
      // A machine that has other things to do is slow once, and an expression that runs away is so twice.
      return { ms: ms > SLOW_MS ? timeOf(every, text) : ms, text: JSON.stringify([before, part, behind]) };
    }),
  );
  return times.reduce((worst, one) => (one.ms > worst.ms ? one : worst));
}

function timeOf(expression: RegExp, text: string): number {
  const startedAt = performance.now();
  text.replace(expression, '');
  return performance.now() - startedAt;
}

describe('every regular expression of the service', () => {
  it('takes no more than a time in proportion to its text, as recheck proves, or is bounded and measured', () => {
    const asked = [...literals].filter(([text]) => REPEATS.test(text) && !known.has(text));
    expect(asked.length).toBeGreaterThan(80);
    const verdicts = askRecheck(asked.map(([text]) => partsOf(text)));
    expect(verdicts).toHaveLength(asked.length);
    const faults = asked.flatMap(([, place], index) =>
      verdicts[index] === 'safe' ? [] : [`${place} is ${String(verdicts[index])}: write it so that it is not`],
    );
    expect(faults).toEqual([]);
  }, 120_000);

  it.each(SLOW_IN_THEORY.map((one) => [String(one.expression), one] as const))(
    'takes half a second at the most for the longest text it gets, where recheck proves nothing: %s',
    (_, { expression, longest }) => {
      const { ms, text } = slowest(expression, longest);
      expect({ text, isSlow: ms > SLOW_MS ? `${String(ms)} ms` : false }).toEqual({ text, isSlow: false });
    },
    60_000,
  );

  it('is in the list of those that are measured only as long as it is in the service', () => {
    const missing = [...known.keys()].filter((text) => !literals.has(text));
    expect(missing).toEqual([]);
    expect(SLOW_IN_THEORY.filter(({ why }) => why === '')).toEqual([]);
  });

  it('is written where it stands, but for the few that are built, each of them known', () => {
    const built = files.flatMap((file) =>
      [...file.all(ts.isNewExpression), ...file.all(ts.isCallExpression)]
        .filter(({ expression }) => expression.getText(file.tree) === 'RegExp')
        .map(() => file.path),
    );
    const counts = Object.fromEntries(
      [...new Set(built)].map((path) => [path, built.filter((one) => one === path).length]),
    );
    expect(counts).toEqual(Object.fromEntries(BUILT.map(({ path, count }) => [path, count])));
  });
});

function partsOf(literal: string): readonly [source: string, flags: string] {
  const end = literal.lastIndexOf('/');
  return [literal.slice(1, end), literal.slice(end + 1)];
}

function askRecheck(expressions: readonly (readonly [string, string])[]): readonly string[] {
  const script = fileURLToPath(new URL('ask-recheck.js', import.meta.url));
  const asked = spawnSync(process.execPath, [script], { input: JSON.stringify(expressions), encoding: 'utf8' });
  expect(asked.stderr).toBe('');
  return JSON.parse(asked.stdout) as readonly string[];
}
