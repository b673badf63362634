import fc from 'fast-check';
import { addressOf, filterOf, isNarrowed, queryOf, readAsked, tabOf, TABS, type Asked, type Sort } from './asked.js';

const anyAsked: fc.Arbitrary<Asked> = fc.record({
  status: fc.constantFrom(...TABS.map(([status]) => status)),
  sort: fc.constantFrom<Sort>('oldest', 'newest', 'doubtful'),
  search: fc.string({ unit: 'binary' }),
  article: fc.string(),
  reason: fc.string(),
  language: fc.string(),
  campaign: fc.string(),
  site: fc.string(),
  isReported: fc.boolean(),
  isGrouped: fc.boolean(),
});

describe('what is asked of the queue', () => {
  it('comes back from the address it was written into', () => {
    fc.assert(
      fc.property(anyAsked, (asked) => {
        expect(readAsked(addressOf(asked))).toEqual(asked);
      }),
    );
  });

  it('is an empty address for the pending comments, oldest first', () => {
    expect(addressOf(readAsked(''))).toBe('');
  });

  it('is as at first where an address says what there is not', () => {
    expect(readAsked('?status=secret&sort=loudest')).toEqual(readAsked(''));
  });

  it('tells the service nothing that was not asked', () => {
    expect(queryOf(readAsked('?grouped=1')).toString()).toBe('status=pending&sort=oldest');
    expect(filterOf(readAsked('?status=spam&q=casino&reported=1'))).toEqual({
      status: 'spam',
      q: 'casino',
      reported: '1',
    });
  });

  it('is not narrowed any more in another tab, but in the same order', () => {
    const narrow = readAsked('?q=casino&reason=honeypot&article=a&language=de&campaign=c&sort=newest');
    expect(isNarrowed(narrow)).toBe(true);
    expect(tabOf(narrow, 'spam')).toEqual(readAsked('?status=spam&sort=newest'));
  });
});
