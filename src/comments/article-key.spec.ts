import { Problem } from '../platform/problem/problem.js';
import { readArticleKey } from './article-key.js';

function refusal(decoded: string): unknown {
  try {
    return readArticleKey(decoded);
  } catch (error) {
    return error instanceof Problem ? error.code : error;
  }
}

describe('the key of an article', () => {
  it.each([
    '/2012/11/small-is-beautiful',
    'a',
    '日本語の記事',
    '../../etc/passwd',
    "'; drop table comment; --",
    '100%',
    '\u{1f600}'.repeat(512),
    'a'.repeat(512),
    ' ',
  ])('may be %j', (key) => {
    expect(readArticleKey(key)).toBe(key);
  });

  it('is the same in either normal form', () => {
    expect(readArticleKey('/cafe\u0301')).toBe(readArticleKey('/caf\u00e9'));
  });

  it.each(['', 'a'.repeat(513), '\u{1f600}'.repeat(513), 'a\0b', 'a\nb', 'a\tb', 'a\u007f', 'a\u0085', 'a\ud800'])(
    'may not be %j',
    (key) => {
      expect(refusal(key)).toBe('malformed-path');
    },
  );

  it('is measured after composing', () => {
    expect(readArticleKey('e\u0301'.repeat(512))).toHaveLength(512);
  });
});
