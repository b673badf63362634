import type { SiteId } from '../platform/ids.js';
import { nameOfCounts, readAskedArticles } from './counts-query.js';

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `a${index}`);

describe('readAskedArticles', () => {
  it('takes one article and many, each once', () => {
    expect([...readAskedArticles({ article: 'a' })]).toEqual([['a', 'a']]);
    expect([...readAskedArticles({ article: ['a', 'b', 'a'] }).keys()]).toEqual(['a', 'b']);
    expect(readAskedArticles({ article: many(100) }).size).toBe(100);
  });

  it('keeps the name it was asked by beside the key in normal form', () => {
    expect([...readAskedArticles({ article: 'cafe\u0301' })]).toEqual([['cafe\u0301', 'caf\u00e9']]);
  });

  it.each([{}, { article: [] }, { article: many(101) }, { articles: 'a' }])('refuses %j', (query) => {
    expect(() => readAskedArticles(query)).toThrow('malformed-query');
  });

  it.each(['', 'a\nb', '\ud800', 'x'.repeat(513)])('refuses %j, which is no key', (article) => {
    expect(() => readAskedArticles({ article: ['a', article] })).toThrow('malformed-path');
  });
});

describe('nameOfCounts', () => {
  const name = (article: string | string[]): string => nameOfCounts('s' as SiteId, readAskedArticles({ article }));

  it('differs between lists that read alike when written one after the other', () => {
    expect(name(['a', 'b'])).toBe(name(['a', 'b', 'a']));
    expect(name(['a', 'b'])).not.toBe(name('ab'));
    expect(name(['a","b'])).not.toBe(name(['a', 'b']));
  });
});
