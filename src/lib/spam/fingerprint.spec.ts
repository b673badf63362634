import fc from 'fast-check';
import { essenceOf, fingerprint } from './fingerprint.js';

describe('fingerprint', () => {
  it.each([
    ['case', 'GREAT POST, visit my site'],
    ['punctuation and spacing', 'great   post -- visit my site!!!'],
    ['invisible characters', 'gr\u200beat post, vi\u00adsit my site'],
    ['width', 'ｇｒｅａｔ post, visit my site'],
    ['emoji', '🔥 great post 🔥 visit my site'],
  ])('is the same for texts that differ in %s', (_what, text) => {
    expect(fingerprint(text)).toBe(fingerprint('Great post, visit my site'));
  });

  it('tells texts apart that differ in a number', () => {
    expect(fingerprint('I gave it 3 stars')).not.toBe(fingerprint('I gave it 5 stars'));
  });

  it('tells other words apart', () => {
    expect(fingerprint('Great post')).not.toBe(fingerprint('Great host'));
  });

  it('compares a text as it stands when nothing of it is left', () => {
    expect(essenceOf('👍!')).toBe('');
    expect(fingerprint('👍')).not.toBe(fingerprint('👎'));
    expect(fingerprint('')).toBe(fingerprint(''));
  });

  it('stays the same from release to release, because it is stored', () => {
    expect(fingerprint('Great post, visit my site')).toBe(-8953036300606767047n);
  });

  it('fits a signed 64-bit column for any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(BigInt.asIntN(64, fingerprint(text))).toBe(fingerprint(text));
      }),
    );
  });

  it('is the same for a text whose marks meet only when a symbol between them is gone', () => {
    const text = '\u1fbe\u{1d157}\u{1d165}\u0345';
    expect(fingerprint(essenceOf(text))).toBe(fingerprint(text));
  });

  it('is the same for a text and its essence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const essence = essenceOf(text);
        fc.pre(essence !== '');
        expect(fingerprint(essence)).toBe(fingerprint(text));
      }),
    );
  });
});
