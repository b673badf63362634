import { newId, type SiteId } from '../platform/ids.js';
import { FairShare } from './fair-share.js';

const loud = newId<SiteId>();
const quiet = newId<SiteId>();

function ranks(share: FairShare, site: SiteId, count: number): number[] {
  return Array.from({ length: count }, () => share.rank(site));
}

describe('FairShare', () => {
  it('lets a site send 50 comments in its window, and ranks what comes on top lower each time that doubles', () => {
    const all = ranks(new FairShare(), loud, 401);
    expect(all.slice(0, 50)).toEqual(Array(50).fill(0));
    expect(all.slice(50, 100)).toEqual(Array(50).fill(1));
    expect([all[100], all[199], all[200], all[399], all[400]]).toEqual([2, 2, 3, 3, 4]);
  });

  it('never makes a site wait for another', () => {
    const share = new FairShare();
    ranks(share, loud, 100_000);
    expect(share.rank(quiet)).toBe(0);
  });

  it('puts the smaller of two floods first', () => {
    const share = new FairShare();
    const [most = 0] = ranks(share, loud, 10_000).slice(-1);
    const [less = 0] = ranks(share, quiet, 1_000).slice(-1);
    expect(less).toBeLessThan(most);
  });
});
