import { disguisedWords, undisguise } from './lookalikes.js';

describe('disguisedWords', () => {
  it('finds Cyrillic and Greek letters inside a Latin word, and Latin ones inside a Cyrillic word', () => {
    expect(disguisedWords('log in to раypal or g\u03bf\u03bfgle')).toEqual(['раypal', 'g\u03bf\u03bfgle']);
    expect(disguisedWords('нa pa6oту, спaсибo')).toContain('спaсибo');
  });

  it.each([
    ['a whole word of another alphabet', 'She said привет and спасибо to us'],
    ['an acronym with a Russian ending', 'скинь PDFку и SMSку, TOPовый HRом'],
    ['two texts run together', 'nДа xa0платформы 100мм'],
    ['a unit', '5 μm and 3 kΩ, Δt = 0'],
    ['Japanese', 'カラオケでJ-POPを歌うTシャツの人'],
    ['a hyphenated compound', 'IT-специалист и web-сайт'],
  ])('leaves %s alone', (_what, text) => {
    expect(disguisedWords(text)).toEqual([]);
  });
});

describe('undisguise', () => {
  it('makes look-alikes Latin inside mixed words only', () => {
    expect(undisguise('раypal и рар')).toBe('paypal и рар');
  });
});
