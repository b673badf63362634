import fc from 'fast-check';
import { nameSkeleton } from './name-likeness.js';

const isAlike = (one: string, other: string): boolean => nameSkeleton(one) === nameSkeleton(other);

describe('nameSkeleton', () => {
  it.each([
    'ada lovelace',
    ' ADA  LOVELACE ',
    'ada_lovelace',
    'Ada.Lovelace',
    'AdaLovelace',
    'Ad\u0430 Lovelace',
    'Ada\u200b Love\u00adlace',
    'Ada L0velace',
    'Ádà Lovelâce',
    '𝓐𝓭𝓪 𝓛𝓸𝓿𝓮𝓵𝓪𝓬𝓮',
    'Ａｄａ Ｌｏｖｅｌａｃｅ',
    'Ada ✓ Lovelace',
  ])('takes %j for Ada Lovelace', (name) => {
    expect(isAlike(name, 'Ada Lovelace')).toBe(true);
  });

  it('takes l, I, 1 and | for one another', () => {
    expect(new Set(['Paul', 'PauI', 'Pau1', 'Pau|'].map(nameSkeleton)).size).toBe(1);
  });

  it.each(['Ada', 'Ada Lovelace-King', 'Adam Lovelace', 'Lovelace Ada', ''])('leaves %j apart', (name) => {
    expect(isAlike(name, 'Ada Lovelace')).toBe(false);
  });

  it('keeps names of other scripts apart', () => {
    expect(isAlike('李明', '李华')).toBe(false);
    expect(isAlike('Анна', 'Инна')).toBe(false);
    expect(isAlike('Анна', 'анна')).toBe(true);
  });

  it('is stable: a skeleton is its own skeleton', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(nameSkeleton(nameSkeleton(name))).toBe(nameSkeleton(name));
      }),
    );
  });
});
