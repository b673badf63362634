import { signalsOf } from '../evidence.fixture.spec-support.js';
import { linkCount } from './link-count.js';

const linksOf = (amount: number): string =>
  Array.from({ length: amount }, (_, index) => `see https://site${index}.example.com`).join(' and ');
const weightOf = (amount: number): number => signalsOf(linkCount(), { body: linksOf(amount) })[0]?.weight ?? 0;

describe('linkCount', () => {
  it('is silent without links, and about links to the site itself', () => {
    expect(signalsOf(linkCount(), {})).toEqual([]);
    expect(signalsOf(linkCount(), { body: 'see http://blog.example.org/x' }, { ownHosts: ['example.org'] })).toEqual(
      [],
    );
  });

  it('says how many links there are in how many words', () => {
    expect(signalsOf(linkCount(), { body: linksOf(3) })[0]?.why).toBe('3 links to other sites');
  });

  it('weighs more for more links, less for each further one, and never more than its limit', () => {
    const weights = [1, 2, 3, 10, 200].map(weightOf);
    expect(weights).toEqual(weights.toSorted((one, other) => one - other));
    expect(weightOf(2) - weightOf(1)).toBeGreaterThan(weightOf(11) - weightOf(10));
    expect(weightOf(200)).toBeLessThan(2);
  });
});
