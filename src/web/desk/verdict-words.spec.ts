import { historyInWords, probabilityInWords, signedWeight, weightInWords } from './verdict-words.js';

describe('the words for a verdict', () => {
  it.each([
    [0, 'Almost certainly not spam (spam probability under 1 %)'],
    [0.12, 'Probably not spam (spam probability 12 %)'],
    [0.5, 'Could be either (spam probability 50 %)'],
    [0.87, 'Probably spam (spam probability 87 %)'],
    [0.9999, 'Almost certainly spam (spam probability over 99 %)'],
  ])('of %d never promise certainty', (probability, words) => {
    expect(probabilityInWords(probability)).toBe(words);
  });

  it.each([
    [3.2, '+3.2', 'very strongly for spam'],
    [-0.7, '−0.7', 'somewhat against spam'],
    [0.3, '+0.3', 'slightly for spam'],
    [0, '+0.0', 'says nothing either way'],
  ])('of a weight of %d say how much and in which direction', (weight, signed, words) => {
    expect([signedWeight(weight), weightInWords(weight)]).toEqual([signed, words]);
  });

  it('of a history name what there is', () => {
    const none = { published: 0, approved: 0, pending: 0, spam: 0, rejected: 0 };
    expect(historyInWords(none)).toBeNull();
    expect(historyInWords({ ...none, published: 100, spam: 2 })).toBe('100 or more published, 2 spam');
  });
});
