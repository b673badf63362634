import { readdirSync, readFileSync } from 'node:fs';
import { checks } from './checks.js';
import { CONTENT_SIGNALS } from './checks/content.js';
import { SITE_SIGNALS } from './classifier/explain-site.js';
import { RULE_SIGNALS } from './ruling.js';
import { SIGNAL_NAMES } from './signal-names.js';

const CHECKS = new URL('./checks/', import.meta.url);
const files = readdirSync(CHECKS).filter((name) => !name.endsWith('.spec.ts'));
const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');

const firstGroups = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

describe('the array of checks', () => {
  it('holds every check once', () => {
    expect(checks).toHaveLength(files.length);
    expect(new Set(checks).size).toBe(files.length);
  });
});

describe('the table of signals in the README', () => {
  const rows = firstGroups(readme, /^\| `([^`]+)` +\|/gm);

  it('lists exactly the signals that the checks can give', () => {
    const given = files.flatMap((name) =>
      firstGroups(readFileSync(new URL(name, CHECKS), 'utf8'), /\bname: '([^']+)',\s+weight\b/g),
    );
    expect([...rows].sort()).toEqual([...new Set([...given, ...CONTENT_SIGNALS, ...SITE_SIGNALS])].sort());
    expect(rows.length).toBeGreaterThan(20);
  });

  it('lists what an owner may weigh otherwise, and the signals of rules, which win whatever they weigh', () => {
    expect([...rows].sort()).toEqual([...SIGNAL_NAMES, ...Object.values(RULE_SIGNALS)].sort());
  });

  it('gives each one kebab-case name', () => {
    expect(rows.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('names the file that finds it', () => {
    const finders = firstGroups(readme, /^\| `[^`]+` +\|[^|]+\| ([a-z-]+) +\|/gm);
    expect([...new Set(finders)].map((name) => `${name}.ts`).sort()).toEqual([...files].sort());
  });
});
