import { newId, type SiteId } from '../platform/ids.js';
import { FairShare } from './fair-share.js';

const loud = newId<SiteId>();
const quiet = newId<SiteId>();
const times = (site: SiteId, count: number): SiteId[] => Array<SiteId>(count).fill(site);

describe('FairShare', () => {
  it('lets a site send 500 comments in its window, and no more without waiting', () => {
    const share = new FairShare();
    share.count(times(loud, 500));
    expect(share.isExceeded(loud)).toBe(false);
    share.count([loud]);
    expect(share.isExceeded(loud)).toBe(true);
  });

  it('never makes a site wait for another', () => {
    const share = new FairShare();
    share.count(times(loud, 100_000));
    share.count([quiet]);
    expect(share.isExceeded(quiet)).toBe(false);
  });

  it('says no of a site it has never seen', () => {
    expect(new FairShare().isExceeded(quiet)).toBe(false);
  });
});
