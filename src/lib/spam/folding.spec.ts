import fc from 'fast-check';
import { fold, spellings } from './folding.js';

describe('fold', () => {
  it.each([
    ['mathematical letters', '𝐂𝐚𝐬𝐢𝐧𝐨'],
    ['fullwidth letters', 'ｃａｓｉｎｏ'],
    ['invisible characters', 'ca\u200bsi\u00adno'],
    ['look-alikes of another alphabet', 'сasinо'],
  ])('brings %s back to plain ones', (_what, text) => {
    expect(fold(text)).toBe('casino');
  });

  it('makes any white space one space', () => {
    expect(fold('buy \u00a0\n now')).toBe('buy now');
  });

  it('takes any string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof fold(text) === 'string'));
  });
});

describe('spellings', () => {
  it.each(['c-a-s-i-n-o', 'c a s i n o', 'c.a.s.i.n.o', 'c4s1n0', 'cásinô', 'ca$ino'])('read casino in %j', (text) => {
    expect(spellings(text)).toContain('casino');
  });

  it('try a 1 as i and as l', () => {
    expect(spellings('b1tcoin')).toContain('bitcoin');
    expect(spellings('1oans')).toContain('loans');
  });

  it('leave numbers and prices as they are', () => {
    expect(spellings('in 2014 for $50')).toEqual(['in 2014 for $50']);
  });
});
