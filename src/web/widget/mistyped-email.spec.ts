import { findMistypedEmail } from './mistyped-email.js';

describe('a mistyped address', () => {
  it.each([
    ['ada@gmial.com', 'ada@gmail.com'],
    ['ada@gmai.com', 'ada@gmail.com'],
    ['Ada@Gmaill.com', 'Ada@gmail.com'],
    ['ada@gmail.con', 'ada@gmail.com'],
    ['ada@gmail.co', 'ada@gmail.com'],
    ['ada@hotmial.com', 'ada@hotmail.com'],
    ['ada@yandex.tu', 'ada@yandex.ru'],
  ])('%s is %s', (typed, meant) => {
    expect(findMistypedEmail(typed)).toBe(meant);
  });

  it.each([
    'ada@gmail.com',
    'ada@ymail.com',
    'ada@mail.com',
    'ada@email.com',
    'ada@example.org',
    'ada@',
    '@gmial.com',
    '',
    'ada',
  ])('%s is left alone', (typed) => {
    expect(findMistypedEmail(typed)).toBeNull();
  });
});
