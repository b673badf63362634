import fc from 'fast-check';
import type { Check } from './check.js';
import { plainEvidence, SILENT_FILTER } from './evidence.fixture.spec-support.js';
import { judge } from './judge.js';
import type { Signal } from './verdict.js';

const PRIOR = -3;
const filter = SILENT_FILTER;

const signal = (name: string, weight: number): Signal => ({ name, weight, why: `because of ${name}` });

// Whole and broken Unicode, and the characters that the checks look for.
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.constantFrom('\ud800', '\udc00', '\0', '\u202e', '\u200b', '<a', '[url=', 'http://', '.', 'а', 'a', '!'))
    .map((parts) => parts.join('')),
);
const anyEvidence = fc
  .record({ body: anyText, authorName: anyText, authorEmail: anyText, authorUrl: fc.option(anyText), word: anyText })
  .map(({ word, ...comment }) =>
    plainEvidence(comment, { blockedWords: [word, 'casino'], ownHosts: ['example.org'], recentCopies: 2 }),
  );

describe('judge', () => {
  it('has nothing to say of an unremarkable comment', () => {
    const { label, probability, score, signals } = judge(plainEvidence(), { filter });
    expect({ label, score, signals }).toEqual({ label: 'ham', score: PRIOR, signals: [] });
    expect(probability).toBeCloseTo(0.047, 3);
  });

  it('adds every weight to the prior and keeps every reason, the heaviest first and equals in order', () => {
    const checks: readonly Check[] = [() => [signal('a', 1), signal('b', -2)], () => [], () => [signal('c', 1)]];
    const verdict = judge(plainEvidence(), { filter, checks, extraSignals: [signal('d', 3)] });
    expect(verdict.score).toBe(PRIOR + 3);
    expect(verdict.signals.map(({ name }) => name)).toEqual(['d', 'b', 'a', 'c']);
  });

  it('labels by thresholds that count as reached when they are met', () => {
    const labelAt = (weight: number): string =>
      judge(plainEvidence(), {
        filter,
        checks: [],
        extraSignals: [signal('x', weight)],
        thresholds: { hold: 0.5, spam: 1 / (1 + Math.exp(-2)) },
      }).label;
    expect([2.9, 3, 4.9, 5].map(labelAt)).toEqual(['ham', 'unsure', 'unsure', 'spam']);
  });

  it('multiplies weights as it is told, for and against, and leaves out what is switched off', () => {
    const extraSignals = [signal('a', 1), signal('b', -2), signal('c', 4), signal('constructor', 1)];
    const { score, signals } = judge(plainEvidence(), { filter, extraSignals, weights: { a: 3, b: 0.5, c: 0 } });
    expect(signals.map(({ name, weight }) => [name, weight])).toEqual([
      ['a', 3],
      ['b', -1],
      ['constructor', 1],
    ]);
    expect(score).toBe(PRIOR + 3);
  });

  it('says clear spam of a link seller and gives all the reasons', () => {
    const verdict = judge(
      plainEvidence({
        body: 'Best casino [url=http://bit.ly/x]here[/url] and http://slots.example.net!!!',
        authorName: 'Casino Bonus',
        authorUrl: 'https://casino-bonus.example.com',
      }),
      { filter },
    );
    expect(verdict.label).toBe('spam');
    expect(verdict.signals.map(({ name }) => name).sort()).toEqual([
      'bbcode-link',
      'exclamation-marks',
      'link-count',
      'link-share',
      'link-shortener',
      'name-keyword',
    ]);
  });

  it.each([
    [
      'a helpful answer with two links',
      'The manual is at https://nodejs.org/api and the issue at https://github.com/nodejs/node/issues/1; I would read both before changing the flag.',
    ],
    ['an angry reader', 'THIS IS THE WORST ARTICLE I HAVE EVER READ ON THIS SITE!!!!'],
    ['praise in one word', 'Thanks!'],
    ['a Russian comment with an English name', 'Спасибо, очень помогло. Поставил Node.js и всё заработало.'],
    ['Persian with its joiners', 'می‌خواهم بدانم که این کتاب‌ها کجا هستند'],
    ['emoji with joiners', 'Lovely 👩‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪🇫🇷'],
    ['Thai with word breaks', 'ขอบคุณ\u200bมาก\u200bครับ'],
  ])('lets %s through', (_what, body) => {
    expect(judge(plainEvidence({ body })).label).toBe('ham');
  });

  it('throws on no string and gives a probability', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const { probability } = judge(evidence);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it('gives reasons that a database stores and a page shows as they are', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        for (const { name, weight, why, terms = [] } of judge(evidence).signals) {
          expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
          expect(Number.isFinite(weight)).toBe(true);
          expect(why).not.toMatch(/[\p{C}\p{Default_Ignorable_Code_Point}]/u);
          for (const term of terms) {
            expect(term).not.toMatch(/[\0\p{Cs}]/u);
            expect(evidence.comment.body).toContain(term);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never lowers the probability for a further sign of spam', () => {
    const weights = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { maxLength: 6 });
    fc.assert(
      fc.property(anyEvidence, weights, fc.double({ min: 0, max: 20, noNaN: true }), (evidence, others, weight) => {
        const extraSignals = others.map((other, index) => signal(`other-${index}`, other));
        const before = judge(evidence, { extraSignals }).probability;
        const after = judge(evidence, { extraSignals: [...extraSignals, signal('more', weight)] }).probability;
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it.each([
    'a',
    'А',
    '\ud800',
    '.',
    '!',
    '<a',
    '[url=',
    'a.',
    'http://',
    '@',
    '+1',
    ' 1',
    '\u00ad',
    'aа',
    'a ',
    '𝐀 ',
    'á\u0301',
    '1-',
  ])('reads ten thousand characters of %j at once', (part) => {
    const body = part.repeat(10_000 / part.length);
    const startedAt = performance.now();
    judge(plainEvidence({ body, authorName: body, authorUrl: body }, { blockedWords: ['aaa', part], recentCopies: 1 }));
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
