import fc from 'fast-check';
import { count, quote, spellOut } from './wording.js';

describe('quote', () => {
  it('puts the words in quotation marks', () => {
    expect(quote('casino')).toBe('“casino”');
  });

  it('cuts after forty characters and says so', () => {
    expect(quote('x'.repeat(40))).toBe(`“${'x'.repeat(40)}”`);
    expect(quote('😀'.repeat(41))).toBe(`“${'😀'.repeat(40)}…”`);
  });

  it('shows characters that cannot be seen by their code', () => {
    expect(quote('a\u202eb\u200bc\0')).toBe('“aU+202EbU+200BcU+0000”');
  });

  it('leaves nothing that jsonb refuses or that turns a line round', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (words) => {
        expect(quote(words)).not.toMatch(/[\p{Cc}\p{Cs}\p{Cf}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
    expect(quote('\ud800')).toBe('“U+D800”');
  });
});

describe('spellOut', () => {
  it('leaves ordinary text of any script alone', () => {
    expect(spellOut('Grüße, мир, 世界 👍')).toBe('Grüße, мир, 世界 👍');
  });
});

describe('count', () => {
  it('tells one from many', () => {
    expect([count(0, 'link'), count(1, 'link'), count(2, 'link')]).toEqual(['0 links', '1 link', '2 links']);
  });
});
