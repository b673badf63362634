import type { QueueItemView } from '../../moderation/queue-item.js';
import {
  historyInWords,
  probabilityInWords,
  scoreInWords,
  signedWeight,
  weightInWords,
  whyHere,
} from './verdict-words.js';

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
    [0, '0.0', 'says nothing either way'],
    [-0.01, '0.0', 'says nothing either way'],
  ])('of a weight of %d say how much and in which direction', (weight, signed, words) => {
    expect([signedWeight(weight), weightInWords(weight)]).toEqual([signed, words]);
  });

  it('of a score say where it begins and what is added', () => {
    const signals = [
      { name: 'a', weight: 4, why: 'A.' },
      { name: 'b', weight: -0.5, why: 'B.' },
    ];
    const verdict = { label: 'unsure' as const, probability: 0.6, score: 0.5, signals };
    expect(scoreInWords(verdict)).toBe('It begins at −3.0; with all of these it comes to +0.5.');
    expect(scoreInWords({ ...verdict, score: null })).toBeNull();
    expect(scoreInWords({ ...verdict, signals: [] })).toBeNull();
  });

  it('of a history name what there is', () => {
    const none = { published: 0, approved: 0, pending: 0, spam: 0, rejected: 0 };
    expect(historyInWords(none)).toBeNull();
    expect(historyInWords({ ...none, published: 100, spam: 2 })).toBe('100 or more published, 2 spam');
  });

  it.each([
    ['spam', 'spam', [], 'Put away, because the signals add up to spam.'],
    ['spam', 'spam', ['rule-spam'], 'Put away by a rule of this site.'],
    ['spam', 'ham', ['rule-allow', 'rule-spam'], 'A person marked it as spam.'],
    ['pending', 'spam', [], 'The signals add up to spam, but a person put it back into the queue.'],
    ['pending', 'spam', ['rule-spam'], 'A rule of this site put it away, but a person put it back into the queue.'],
    ['pending', 'unsure', [], 'Held, because the signals are not clear.'],
    ['pending', 'unsure', ['rule-hold'], 'Held by a rule of this site.'],
    ['pending', 'ham', ['rule-allow', 'rule-hold'], 'Held, because a person reads every comment on this site.'],
    ['published', 'ham', [], null],
  ] as const)('say why what is %s with the verdict %s and %j is where it is', (status, label, names, words) => {
    const signals = names.map((name) => ({ name, weight: 0, why: '' }));
    const item = {
      ...{ status, author: { verified: false } },
      verdict: { label, probability: 0.5, signals },
    } as unknown as QueueItemView;
    expect(whyHere(item, 'all')).toBe(words);
  });
});
