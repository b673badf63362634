// Texts that have broken programs before, and those that people beside the checkout have collected.
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../shared/vectors/strings/', import.meta.url);

const KNOWN = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\u202eevil',
  '\u200b',
  '\ufeff{}',
  '\r\nSet-Cookie: a=b',
  "' or 1=1 --",
  '%',
  '%00',
  '%_\\',
  '"unclosed',
  '-',
  'author:',
  'link:"',
  '../../etc/passwd',
  '[[[[',
  '(a+)+$',
  '__proto__',
  '-1',
  '0',
  '9'.repeat(30),
  '1e309',
  'NaN',
  '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}',
  '\u0301'.repeat(300),
  'a'.repeat(600),
  'word '.repeat(60),
  'é'.repeat(11_000),
  '(0,{0}.toString)()',
  '${7*7}{{7*7}}',
];

function collected(): string[] {
  const file = new URL('blns.json', FOLDER);
  if (!existsSync(file)) return [];
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: { input: string }[] };
  return cases.map(({ input }) => input);
}

export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 1, arbitrary: fc.constantFrom(...KNOWN, ...collected()) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
