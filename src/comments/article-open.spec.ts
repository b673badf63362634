import { isArticleOpen } from './article-open.js';

const createdAt = new Date('2026-11-01T00:00:00Z');
const at = (text: string): Date => new Date(text);

describe('isArticleOpen', () => {
  it('says no to an article that was closed by hand', () => {
    expect(isArticleOpen({ open: false, createdAt }, { closeAfterDays: null }, createdAt)).toBe(false);
  });

  it('never closes by age where the site does not ask for it', () => {
    expect(isArticleOpen({ open: true, createdAt }, { closeAfterDays: null }, at('2126-11-01T00:00:00Z'))).toBe(true);
  });

  it.each([
    ['2026-11-15T00:00:00.000Z', true],
    ['2026-11-15T00:00:00.001Z', false],
  ])('after 14 days, at %s, says %s', (now, expected) => {
    expect(isArticleOpen({ open: true, createdAt }, { closeAfterDays: 14 }, at(now))).toBe(expected);
  });
});
