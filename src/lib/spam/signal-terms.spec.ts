import fc from 'fast-check';
import { plainEvidence, SILENT_FILTER } from './evidence.fixture.spec-support.js';
import { judge } from './judge.js';
import { fold } from './folding.js';
import { RuleSet } from './rules/rule-set.js';
import { limitTerms, WordFinder } from './signal-terms.js';

describe('WordFinder', () => {
  it.each([
    ['Try our CASINO now', 'casino', 'CASINO'],
    ['Casinos and a casino', 'casino', 'casino'],
    ['only casinos', 'casino', 'casino'],
    ['İstanbul’da CASINO', 'casino', 'CASINO'],
    ['Das ist SCHÖN', 'schön', 'SCHÖN'],
    ['我喜欢赌场', '赌场', '赌场'],
    ['nothing', 'casino', null],
    ['anything', '', null],
  ])('in %j finds %j as it stands', (text, word, expected) => {
    expect(new WordFinder(text).find(word)).toBe(expected);
  });

  it.each([
    ['Our C4sino!', 'casino', 'C4sino'],
    ['in “c\u0430sin\u043e”', 'casino', 'c\u0430sin\u043e'],
    ['the Red Carpet', 'red carpet', 'Red Carpet'],
    ['nothing', 'casino', null],
  ])('in %j finds the folded %j', (text, word, expected) => {
    expect(new WordFinder(text).findFolded(fold(word))).toBe(expected);
  });

  it('finds in any text what is a part of it or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', maxLength: 4 }), (text, word) => {
        const finder = new WordFinder(text);
        for (const found of [finder.find(word), finder.findFolded(word)]) {
          expect(found === null || text.includes(found)).toBe(true);
        }
      }),
    );
  });
});

describe('limitTerms', () => {
  const signal = (terms: readonly string[]): Parameters<typeof limitTerms>[0][number] => {
    return { name: 'a', weight: 1, why: 'because', terms };
  };

  it('keeps twelve of all signals, the first signals\u2019 first', () => {
    const words = (from: number): string[] => Array.from({ length: 10 }, (_, at) => `word${String(from + at)}`);
    const kept = limitTerms([signal(words(0)), signal(words(10)), signal(words(20))]).map(({ terms }) => terms);
    expect(kept).toEqual([words(0), words(10).slice(0, 2), undefined]);
  });

  it('cuts what is longer than sixty characters, and leaves out what cannot be stored', () => {
    const [first] = limitTerms([signal(['a'.repeat(100), '\0', 'a\ud800', '🦄'.repeat(70), 'b', 'b'])]);
    expect(first?.terms).toEqual(['a'.repeat(60), '🦄'.repeat(60), 'b']);
  });

  it('leaves a signal without terms as it is', () => {
    expect(limitTerms([{ name: 'a', weight: 1, why: 'because' }])).toEqual([{ name: 'a', weight: 1, why: 'because' }]);
  });
});

describe('the terms of a verdict', () => {
  const body =
    'Win BIG at our Casino today! Write to +1 (555) 123-4567 or see https://Spam.example.com/a, or bit.ly/x, with p\u0430yp\u0430l. ' +
    'Free bonus money, loans and pills.';
  const { signals } = judge(
    plainEvidence(
      { body, authorName: 'Pills' },
      {
        blockedWords: ['casino', 'pills'],
        rules: new RuleSet([
          { field: 'text', match: 'word', value: 'bonus', action: 'hold' },
          { field: 'host', match: 'exact', value: 'example.com', action: 'spam' },
        ]),
        linkDomains: [{ domain: 'example.com', spamHere: 3, hamHere: 0, spamSites: 0, hamSites: 0 }],
      },
    ),
    { filter: SILENT_FILTER },
  );
  const termsOf = (name: string): readonly string[] =>
    signals.flatMap((one) => (one.name === name ? (one.terms ?? []) : []));

  it.each([
    ['blocked-word', ['Casino', 'pills']],
    ['rule-hold', ['bonus']],
    ['rule-spam', ['Spam.example.com']],
    ['link-spam-here', ['Spam.example.com']],
    ['phone-number', ['+1 (555) 123-4567']],
    ['mixed-scripts', ['p\u0430yp\u0430l']],
    ['link-shortener', ['bit.ly']],
  ])('%s are %j', (name, expected) => {
    expect(termsOf(name)).toEqual(expected);
  });

  it('are at most twelve, and stand in the text', () => {
    const terms = signals.flatMap((one) => one.terms ?? []);
    expect(terms.length).toBeLessThanOrEqual(12);
    expect(terms.filter((term) => !body.includes(term))).toEqual([]);
  });

  it('are those of the classifier, in the capitals of the text', () => {
    const verdict = judge(plainEvidence({ body: 'CHEAP Viagra pills and Casino bonus, buy now' }));
    const words = verdict.signals.find(({ name }) => name === 'spam-words');
    expect(words?.terms?.length).toBeGreaterThan(0);
    expect(words?.terms?.every((term) => words.why.includes(term.toLowerCase()))).toBe(true);
  });
});
