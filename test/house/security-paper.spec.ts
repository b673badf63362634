import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { SourceFile } from './house.js';

/* docs/security.md names a test for what it claims; here each of them is looked for. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const paper = read('docs/security.md');

/** How many requirements of level 1 each chapter of ASVS 5.0.0 has; chapter 16 and 17 have none. */
const LEVEL_1: Readonly<Record<string, number>> = {
  ...{ 1: 8, 2: 4, 3: 8, 4: 2, 5: 4, 6: 13, 7: 6, 8: 4, 9: 4, 10: 5, 11: 3, 12: 3, 13: 1, 14: 2, 15: 3 },
};
const ANSWERS = ['held', 'in part', 'not held', 'does not apply'];
/** `path` ("words of a title", "of another") */
const NAMED = /`((?:test|src)\/[\w./-]+)`(?: \(((?:"[^"]+"(?:, )?)+)\))?/g;

interface Row {
  readonly number: string;
  readonly answer: string;
  readonly proof: string;
}

/** The rows of the table under a heading: their cells. */
function rowsUnder(heading: string): string[][] {
  const [, part = ''] = paper.split(`\n## ${heading}\n`);
  const table = part.split('\n## ')[0] ?? '';
  return table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([first = '']) => !/^-+$/.test(first));
}

function fileOf(path: string): string | undefined {
  return [path, `${path}.spec.ts`].find((one) => /\.\w+$/.test(one) && existsSync(join(ROOT, one)));
}

const asvs = rowsUnder('ASVS 5.0, level 1').map(([number = '', , answer = '', proof = '']): Row => ({
  number,
  answer,
  proof,
}));

describe('docs/security.md', () => {
  it('has a row for each requirement of level 1, once', () => {
    expect(new Set(asvs.map(({ number }) => number)).size).toBe(asvs.length);
    const counts: Record<string, number> = {};
    for (const { number } of asvs) {
      const chapter = number.split('.')[0] ?? '';
      counts[chapter] = (counts[chapter] ?? 0) + 1;
    }
    expect(counts).toEqual(LEVEL_1);
  });

  it('says of each whether it is held, and by which test or why not', () => {
    const wrong = asvs.filter(({ answer, proof }) => !ANSWERS.includes(answer) || proof === '');
    expect(wrong).toEqual([]);
    // What is held is held by a test, a paper of ours, or both.
    const unproven = asvs.filter(({ answer, proof }) => answer === 'held' && !/`(test|src)\/|\]\(/.test(proof));
    expect(unproven.map(({ number }) => number)).toEqual([]);
  });

  it('names only tests that there are, by words of their titles', () => {
    const named = [...paper.matchAll(NAMED)];
    expect(named.length).toBeGreaterThan(80);
    const missing = named.flatMap(([, path = '', quoted = '']) => {
      const file = fileOf(path);
      if (file === undefined) return [`${path}: there is no such file`];
      const titles = titlesIn(file);
      const words = [...quoted.matchAll(/"([^"]+)"/g)].map(([, one = '']) => one);
      return words.filter((one) => !titles.some((title) => title.includes(one))).map((one) => `${path}: "${one}"`);
    });
    expect(missing).toEqual([]);
  });

  it('gives a test and a number for each threat', () => {
    const threats = rowsUnder('Threats, tests and numbers');
    expect(threats.length).toBeGreaterThan(25);
    expect(threats.filter((cells) => cells.length !== 3 || cells.some((cell) => cell === ''))).toEqual([]);
  });
});

/** The first arguments of `describe`, `it` and theirs, and what stands as `title` in the rules of the house. */
function titlesIn(path: string): string[] {
  const file = new SourceFile(path, read(path));
  const calls = file
    .all(ts.isCallExpression)
    .filter(({ expression }) => /^(describe|it\b|suite)/.test(expression.getText(file.tree)));
  const titles = file.all(ts.isPropertyAssignment).filter(({ name }) => name.getText(file.tree) === 'title');
  const texts = [...calls.map((call) => call.arguments[0]), ...titles.map(({ initializer }) => initializer)];
  return texts.flatMap((one) => (one ? [one.getText(file.tree)] : []));
}
