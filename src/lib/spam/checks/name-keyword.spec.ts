import { signalsOf } from '../evidence.fixture.spec-support.js';
import { nameKeyword } from './name-keyword.js';

const namesFor = (authorName: string, authorUrl: string | null = null): readonly string[] =>
  signalsOf(nameKeyword(), { authorName, authorUrl }).map(({ name }) => name);

describe('nameKeyword', () => {
  it.each([
    ['MONEYGQ.COM', 'name-link'],
    ['Joe at https://x.example.net', 'name-link'],
    ['+1 (555) 123-4567', 'name-phone'],
    ['Watches from $49', 'name-price'],
    ['Casino', 'name-keyword'],
    ['Buy cheap pills', 'name-keyword'],
    ['c4sino 0nline', 'name-keyword'],
    ['𝐒𝐄𝐎 Service', 'name-keyword'],
    ['Быстрый займ', 'name-keyword'],
  ])('takes %j for an advert (%s)', (authorName, signal) => {
    expect(namesFor(authorName)).toEqual([signal]);
  });

  it.each([
    'Ada Byron',
    'Chris Sale',
    'Loan Nguyen',
    'George Best',
    'Arne Slot',
    'John 1987',
    '@270401100',
    'J.R.R. Tolkien',
    'St. John',
    'Анна',
    '李小龙',
    '',
  ])('takes %j for a name', (authorName) => {
    expect(namesFor(authorName)).toEqual([]);
  });

  it('weighs more when the URL sells the same words, and never holds a name for having its own domain', () => {
    const weightOf = (authorUrl: string): number =>
      signalsOf(nameKeyword(), { authorName: 'Best Loans', authorUrl })[0]?.weight ?? 0;
    expect(weightOf('https://example.org')).toBe(3.2);
    expect(weightOf('https://www.best-loans.example.com')).toBe(4.4);
    expect(namesFor('Jane Doe', 'https://jane-doe.example.com')).toEqual([]);
  });
});
