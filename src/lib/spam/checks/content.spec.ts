import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { scoreComment } from '../classifier/filter.js';
import { readComment } from '../classifier/read-features.js';
import { makeSiteExample } from '../classifier/site-example.js';
import { SiteModel } from '../classifier/site-model.js';
import { starterFilter } from '../classifier/starter.js';
import { judge } from '../judge.js';
import { content } from './content.js';

const SPAM = 'Check out my channel and subscribe please, I make new videos every day!';
const HAM = 'I liked this article.';

describe('content', () => {
  it('adds up, with the prior, to the log-odds of the filter', () => {
    const { score } = scoreComment(starterFilter(), readComment(SPAM));
    expect(judge(plainEvidence({ body: SPAM }), { checks: [content()] }).score).toBeCloseTo(score, 8);
  });

  it('names the words that speak for spam, and tells small reasons together', () => {
    const signals = signalsOf(content(), { body: SPAM });
    expect(signals.find(({ name }) => name === 'spam-words')?.why).toMatch(/“channel”|“subscribe”|“check”/);
    expect(signals.filter(({ name, weight }) => Math.abs(weight) < 0.3 && name !== 'text-rest')).toEqual([]);
  });

  it('lets ordinary words vouch only so far', () => {
    const { score } = scoreComment(starterFilter(), readComment(HAM));
    expect(score).toBeLessThan(-8);
    const judged = judge(plainEvidence({ body: HAM }), { checks: [content()] });
    expect(judged.score).toBeGreaterThan(-6);
    expect(judged.signals.map(({ name }) => name)).toContain('vouching-limit');
  });

  it("follows what this site's moderators decided", () => {
    const siteModel = new SiteModel();
    const example = makeSiteExample(readComment(SPAM).whole, scoreComment(starterFilter(), readComment(SPAM)).score);
    for (let round = 0; round < 10; round++) siteModel.learn(example, false);
    const before = judge(plainEvidence({ body: SPAM }), { checks: [content()] });
    const after = judge(plainEvidence({ body: SPAM }, { siteModel }), { checks: [content()] });
    expect(before.label).toBe('spam');
    expect(after.score).toBeLessThan(before.score - 4);
    expect(after.signals.map(({ name }) => name)).toEqual(expect.arrayContaining(['site-ham-words', 'site-trust']));
  });
});
