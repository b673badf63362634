import { Problem } from '../problem/problem.js';
import { readChoice, readLimit, readOne, readWhole } from './query.js';

function codeOf(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
}

describe('readOne', () => {
  it('gives one parameter, cleaned', () => {
    expect(readOne({ q: 'e\u0301\u0001' }, 'q')).toBe('\u00e9');
  });

  it('says undefined for one that is not there', () => {
    expect(readOne({}, 'q')).toBeUndefined();
  });

  it.each([[['a', 'b']], ['a\0'], ['a\ud800']])('refuses %j', (value) => {
    expect(codeOf(() => readOne({ q: value }, 'q'))).toBe('malformed-query');
  });
});

describe('readChoice', () => {
  it('takes the standard when nothing is asked', () => {
    expect(readChoice({}, 'sort', ['oldest', 'newest'], 'oldest')).toBe('oldest');
  });

  it.each(['', 'OLDEST', 'oldest ', 'toString'])('refuses %j, which is none of the choices', (value) => {
    expect(codeOf(() => readChoice({ sort: value }, 'sort', ['oldest', 'newest'], 'oldest'))).toBe('malformed-query');
  });
});

describe('readWhole', () => {
  const range = { least: 1, most: 104, standard: 12 };

  it.each([
    [undefined, 12],
    ['1', 1],
    ['104', 104],
  ])('reads %j as %i', (value, number) => {
    expect(readWhole({ weeks: value }, 'weeks', range)).toBe(number);
  });

  it.each(['0', '105', '', 'x', '12.0', '-1'])('refuses %j', (value) => {
    expect(codeOf(() => readWhole({ weeks: value }, 'weeks', range))).toBe('malformed-query');
  });
});

describe('readLimit', () => {
  it.each([
    [undefined, 50],
    ['1', 1],
    ['100', 100],
  ])('reads %j as %i', (value, limit) => {
    expect(readLimit({ limit: value })).toBe(limit);
  });

  it.each(['0', '101', '-1', '1.5', '1e2', '', ' ', 'ten', '1000000000', '0x10', '١٠'])('refuses %j', (value) => {
    expect(codeOf(() => readLimit({ limit: value }))).toBe('malformed-query');
  });
});
