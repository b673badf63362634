import { nearFingerprint } from '../lib/spam/near-fingerprint.js';
import type { CampaignId, SiteId } from '../platform/ids.js';
import { groupCampaigns, type WaitingCampaign } from './group-campaigns.js';

const LIBRARY = 'we all ask the council to keep the little library at the corner of the market open';
const BRIDGE = 'the old bridge over the river was painted green again last week, and I am glad that it was';

function campaign(id: string, site: string, pending: number, text: string, size = pending): WaitingCampaign {
  const near = nearFingerprint(text);
  if (!near) throw new Error('The text is too short.');
  return { id: id as CampaignId, siteId: site as SiteId, pending, size, nearFingerprint: near };
}

describe('campaigns of many sites', () => {
  it('are one group where their texts are near, whatever order they come in', () => {
    const all = [
      campaign('c', 'blog', 1, `Dear Ada, ${LIBRARY}`),
      campaign('a', 'shop', 5, `Dear Bob, ${LIBRARY}`, 9),
      campaign('b', 'news', 2, BRIDGE),
    ];
    const groups = groupCampaigns(all);
    expect(groups.map(({ id, size, pending }) => [id, size, pending])).toEqual([
      ['a', 10, 6],
      ['b', 2, 2],
    ]);
    expect(groups[0]?.campaigns.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(groupCampaigns([...all].reverse())).toEqual(groups);
  });

  it('that hold one comment and have no kin are no group', () => {
    expect(groupCampaigns([campaign('a', 'blog', 1, LIBRARY), campaign('b', 'blog', 1, BRIDGE)])).toEqual([]);
  });

  it('of equal size come newest first', () => {
    const groups = groupCampaigns([campaign('a', 'blog', 2, LIBRARY), campaign('b', 'blog', 2, BRIDGE)]);
    expect(groups.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('by the thousand are grouped soon, even with a band in common', () => {
    const shared = nearFingerprint(LIBRARY) ?? [];
    const all = Array.from({ length: 5_000 }, (_, n): WaitingCampaign => {
      const own = Array.from({ length: 15 }, (_, index) => Math.imul(n + 1, 0x9e3779b1 + 2 * index));
      const id = String(n).padStart(4, '0') as CampaignId;
      return { id, siteId: 'blog' as SiteId, size: 2, pending: 1, nearFingerprint: [shared[0] ?? 0, ...own] };
    });
    const start = performance.now();
    expect(groupCampaigns(all)).toHaveLength(5_000);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
