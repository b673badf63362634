import fc from 'fast-check';
import { likePattern } from './search-conditions.js';

/** LIKE as PostgreSQL reads it, with the backslash as escape. */
function matches(pattern: string, text: string): boolean {
  const source = pattern.replace(
    /\\([\s\S])|([\s\S])/g,
    (_, escaped: string | undefined, plain: string | undefined) => {
      if (escaped !== undefined) return escaped.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
      if (plain === '%') return '[\\s\\S]*';
      return plain === '_' ? '[\\s\\S]' : (plain ?? '').replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`).test(text);
}

describe('likePattern', () => {
  it.each([
    ['100%', '%100\\%%'],
    ['a_b', '%a\\_b%'],
    ['C:\\temp', '%C:\\\\temp%'],
    ['plain', '%plain%'],
  ])('takes %j as it is', (text, pattern) => {
    expect(likePattern(text)).toBe(pattern);
  });

  it('finds a text exactly where it stands', () => {
    const some = fc.string({ unit: fc.constantFrom('a', 'b', '%', '_', '\\', '.'), maxLength: 6 });
    fc.assert(
      fc.property(some, some, (wanted, text) => {
        expect(matches(likePattern(wanted), text)).toBe(text.includes(wanted));
      }),
      { numRuns: 1_000 },
    );
  });
});
