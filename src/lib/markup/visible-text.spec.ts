import fc from 'fast-check';
import { renderComment } from './render-comment.js';
import { hasVisibleText, plainExcerpt, plainText } from './visible-text.js';

describe('hasVisibleText', () => {
  it.each(['', ' \n\t\u00A0', '\u200B\u200D\uFEFF', '\u202E\u2066', '\u0000\u0007', '\u3164\u115F'])(
    'sees nothing in %j',
    (text) => {
      expect(hasVisibleText(text)).toBe(false);
    },
  );

  it.each(['a', '.', '😀', '日', ' \u200Bx'])('sees something in %j', (text) => {
    expect(hasVisibleText(text)).toBe(true);
  });
});

describe('plainText', () => {
  it('separates blocks and line breaks by a space, and inline elements by nothing', () => {
    expect(plainText('<p>one<br />\ntwo</p>\n<ul>\n<li>th<strong>re</strong>e</li>\n</ul>')).toBe('one two three');
  });

  it('gives back what was escaped, once', () => {
    expect(plainText(renderComment('1 < 2 &amp;amp; `</p>` "x"'))).toBe('1 < 2 &amp; </p> "x"');
  });
});

describe('plainExcerpt', () => {
  it('leaves a short text as it is', () => {
    expect(plainExcerpt('<p>just fits</p>', 9)).toBe('just fits');
  });

  it('cuts between words and counts the ellipsis', () => {
    expect(plainExcerpt('<p>just too long</p>', 12)).toBe('just too…');
    expect(plainExcerpt('<p>just too long</p>', 9)).toBe('just too…');
  });

  it('cuts a text without spaces anywhere but inside a character of several code points', () => {
    expect(plainExcerpt('<p>日本語日本語</p>', 4)).toBe('日本語…');
    expect(plainExcerpt('<p>👨‍👩‍👧‍👦👨‍👩‍👧‍👦</p>', 9)).toBe('👨‍👩‍👧‍👦…');
    expect(plainExcerpt('<p>👨‍👩‍👧‍👦👨‍👩‍👧‍👦</p>', 5)).toBe('…');
  });

  it('never passes its limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (source, limit) => {
        expect(Array.from(plainExcerpt(renderComment(source), limit)).length).toBeLessThanOrEqual(limit);
      }),
    );
  });
});
