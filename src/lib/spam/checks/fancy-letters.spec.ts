import { signalsOf } from '../evidence.fixture.spec-support.js';
import { fancyLetters } from './fancy-letters.js';

const namesFor = (body: string, authorName = 'Ada'): readonly string[] =>
  signalsOf(fancyLetters(), { body, authorName }).map(({ name }) => name);

describe('fancyLetters', () => {
  it.each(['win at 𝐒𝐋𝐎𝐓𝟖𝟖', 'win at 🅂🄻🄾🅃', 'win at ⓢⓛⓞⓣ', 'win at ｓｌｏｔ', 'win at 𝐓 𝐊 𝐏', 'ꜱʟᴏᴛ ɢᴀᴄᴏʀ', '🇸 🇱 🇴 🇹'])(
    'finds them in %j',
    (body) => {
      expect(namesFor(body)).toEqual(['fancy-letters']);
    },
  );

  it.each([
    ['a formula', 'let 𝑥 ∈ ℝ and 𝑦 ∈ ℂ'],
    ['signs', '20 ℃, Acme™, № 5, ②'],
    ['a blood group', 'I am 🅰️ or 🆎'],
    ['flags', '🇩🇪🇫🇷 🇮🇹🇪🇸🇵🇹'],
    ['fullwidth letters among Japanese', 'ＣＤを買いました'],
  ])('leaves %s alone', (_what, body) => {
    expect(namesFor(body)).toEqual([]);
  });

  it('is mild on a name that is adorned', () => {
    const [signal] = signalsOf(fancyLetters(), { body: 'hi', authorName: '𝓐𝓷𝓷𝓪' });
    expect(signal).toMatchObject({ name: 'fancy-name', weight: 0.8 });
  });
});
