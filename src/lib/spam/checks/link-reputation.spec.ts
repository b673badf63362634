import type { LinkDomain } from '../evidence.js';
import { plainEvidence, signalsOf } from '../evidence.fixture.spec-support.js';
import { judge } from '../judge.js';
import type { Label, Signal } from '../verdict.js';
import { linkReputation } from './link-reputation.js';

const BODY =
  'I compared both for a whole winter and wrote down all that I saw here: https://www.evil.example.com/winter';

function known(facts: Partial<LinkDomain>, domain = 'example.com'): LinkDomain {
  return { domain, spamHere: 0, hamHere: 0, spamSites: 0, hamSites: 0, ...facts };
}

function say(facts: Partial<LinkDomain>, body = BODY): readonly Signal[] {
  return signalsOf(linkReputation(), { body }, { linkDomains: [known(facts)] });
}

const weightOf = (facts: Partial<LinkDomain>): number => say(facts)[0]?.weight ?? 0;
const labelOf = (facts: Partial<LinkDomain>): Label =>
  judge(plainEvidence({ body: BODY }, { linkDomains: [known(facts)] })).label;

describe('linkReputation', () => {
  it('is silent without links, about unknown domains and about links to the site itself', () => {
    const bad = [known({ spamHere: 9 })];
    expect(signalsOf(linkReputation(), {}, { linkDomains: bad })).toEqual([]);
    expect(signalsOf(linkReputation(), { body: BODY })).toEqual([]);
    expect(signalsOf(linkReputation(), { body: BODY }, { linkDomains: bad, ownHosts: ['example.com'] })).toEqual([]);
  });

  it('says in how many comments marked as spam, and accepted, a link was', () => {
    expect(say({ spamHere: 1 })[0]?.why).toBe('a link to example.com was in 1 comment marked as spam here');
    expect(say({ spamHere: 12, hamHere: 2 })[0]?.why).toBe(
      'a link to example.com was in 12 comments marked as spam here and in 2 accepted',
    );
    expect(say({ spamSites: 3 })[0]?.why).toBe('a link to example.com was confirmed as spam on 3 other sites');
    expect(say({ spamSites: 9, hamSites: 2 })[0]?.why).toBe(
      'a link to example.com was confirmed as spam on 9 other sites and accepted on 2',
    );
    expect(say({ hamHere: 1 })[0]?.why).toBe('a link to example.com was in 1 accepted comment here');
  });

  it('reads the author’s URL too, and shows a name as its readers know it', () => {
    const evidence = { authorUrl: 'https://магазин.пример.рф/' };
    const linkDomains = [known({ spamHere: 2 }, 'xn--e1afmkfd.xn--p1ai')];
    expect(signalsOf(linkReputation(), evidence, { linkDomains })[0]?.why).toContain('a link to пример.рф was in 2');
  });

  it('holds a sentence with the link after one comment marked as spam, and lets it pass after one was accepted', () => {
    expect([labelOf({ spamHere: 1 }), labelOf({ spamHere: 1, hamHere: 1 })]).toEqual(['unsure', 'ham']);
    expect(weightOf({ spamHere: 1 })).toBeCloseTo(3.04);
    expect(weightOf({ spamHere: 1, hamHere: 1 })).toBe(0);
  });

  it('grows with spam and shrinks with ham, up to a limit', () => {
    expect(weightOf({ spamHere: 4 })).toBeGreaterThan(weightOf({ spamHere: 2 }));
    expect(weightOf({ spamHere: 10, hamHere: 3 })).toBeLessThan(weightOf({ spamHere: 10 }));
    expect(weightOf({ spamHere: 100 })).toBe(4);
  });

  it('gives a known link back what a link costs, and nothing more', () => {
    expect(weightOf({ hamHere: 1 })).toBe(-0.6);
    expect(weightOf({ hamHere: 100 })).toBe(-0.6);
    expect(say({ hamHere: 5 }, `${BODY} and https://new.example.net/`)).toEqual([]);
  });

  it('hears other sites from three on, and only as far as they agree', () => {
    expect([1, 2].map((spamSites) => weightOf({ spamSites }))).toEqual([0, 0]);
    expect(weightOf({ spamSites: 3 })).toBeCloseTo(1.79);
    expect(weightOf({ spamSites: 30 })).toBe(3);
    expect(weightOf({ spamSites: 3, hamSites: 3 })).toBe(0);
    expect(weightOf({ spamSites: 3, hamSites: 30 })).toBe(0);
  });

  it('never puts away for what strangers say, and lets the site’s own people know better', () => {
    expect([labelOf({ spamSites: 3 }), labelOf({ spamSites: 30 })]).toEqual(['ham', 'unsure']);
    expect(say({ spamSites: 30, hamHere: 1 }).map(({ name }) => name)).toEqual(['link-ham-here']);
  });

  it('never makes clear spam by itself, however many domains are known', () => {
    const domains = Array.from({ length: 20 }, (_, index) => `evil${index}.com`);
    const body = domains.map((domain) => `http://${domain}/`).join(' and ');
    const linkDomains = domains.map((domain) => known({ spamHere: 100, spamSites: 30 }, domain));
    const signals = signalsOf(linkReputation(), { body }, { linkDomains });
    expect(signals.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(5);
    expect(signals.every(({ weight }) => weight > 0)).toBe(true);
  });
});
