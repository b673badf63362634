import { countUnrelated, type OwnedSite } from './unrelated-sites.js';

const site = (name: string, ...owners: string[]): OwnedSite => ({ site: name, owners });

describe('countUnrelated', () => {
  it('counts sites of different owners, and those of operators alone', () => {
    expect(countUnrelated([])).toBe(0);
    expect(countUnrelated([site('a', 'ann'), site('b', 'bob'), site('c'), site('d')])).toBe(4);
  });

  it('hears one owner once, however many sites and partners they have', () => {
    expect(countUnrelated([site('a', 'ann'), site('b', 'ann'), site('c', 'ann', 'bob')])).toBe(1);
    expect(countUnrelated([site('a', 'ann', 'bob'), site('b', 'bob', 'cy'), site('c', 'cy')])).toBe(2);
  });

  it('counts a site that is named twice once', () => {
    expect(countUnrelated([site('a', 'ann'), site('a', 'ann'), site('b'), site('b')])).toBe(2);
  });
});
