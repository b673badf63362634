import { hashToken, makeToken } from './one-time-token.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('a one-time token', () => {
  it('is found again by itself and by nothing like it', () => {
    const { token, hash } = makeToken();
    expect(hashToken(token)).toEqual(hash);
    const last = token.at(-1) ?? '';
    const others = Array.from(LETTERS).filter((letter) => letter !== last);
    for (const other of others) expect(hashToken(token.slice(0, -1) + other)).not.toEqual(hash);
  });

  it('is another each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => makeToken().token)).size).toBe(100);
  });

  it.each([
    '',
    'x',
    'A'.repeat(42),
    'A'.repeat(44),
    `${'A'.repeat(42)}=`,
    `${'A'.repeat(42)}\0`,
    `${'A'.repeat(43)}\n`,
  ])('is not %j', (text) => {
    expect(hashToken(text)).toBeNull();
  });
});
