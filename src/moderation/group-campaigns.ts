// Puts the campaigns of many sites together whose first comments are near to each other. Pure, and bounded: of those
// that share a band only the newest groups are compared.
import { BANDS, likeness, isNear, type NearFingerprint } from '../lib/spam/near-fingerprint.js';
import type { CampaignId, SiteId } from '../platform/ids.js';

export interface WaitingCampaign {
  readonly siteId: SiteId;
  readonly id: CampaignId;
  readonly size: number;
  readonly pending: number;
  readonly nearFingerprint: NearFingerprint;
}

export interface CampaignGroup {
  /** That of its oldest campaign, which says what the others are near to: so likeness does not wander. */
  readonly id: CampaignId;
  readonly size: number;
  readonly pending: number;
  /** The fullest first. */
  readonly campaigns: readonly WaitingCampaign[];
}

/** Groups compared for one band. Most bands lead to one or none. */
const MOST_COMPARED = 16;

interface Growing {
  readonly first: WaitingCampaign;
  readonly members: WaitingCampaign[];
}

/** Groups of two comments and more, the fullest first, and the newest among equals. */
export function groupCampaigns(campaigns: readonly WaitingCampaign[]): CampaignGroup[] {
  const byBand = new Map<string, Growing[]>();
  const groups: Growing[] = [];
  for (const campaign of [...campaigns].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const places = bandsOf(campaign).map((band) => byBand.get(band) ?? []);
    const nearest = findNearest(campaign, places);
    if (nearest) {
      nearest.members.push(campaign);
      continue;
    }
    const group = { first: campaign, members: [campaign] };
    groups.push(group);
    for (const band of bandsOf(campaign))
      byBand.set(band, [group, ...(byBand.get(band) ?? [])].slice(0, MOST_COMPARED));
  }
  return groups
    .map(describeGroup)
    .filter(({ size }) => size > 1)
    .sort((a, b) => b.pending - a.pending || (a.id < b.id ? 1 : -1));
}

function bandsOf({ nearFingerprint }: WaitingCampaign): string[] {
  return Array.from({ length: BANDS }, (_, band) => `${band} ${nearFingerprint[band] ?? 0}`);
}

function findNearest({ nearFingerprint: mine }: WaitingCampaign, places: readonly Growing[][]): Growing | null {
  let nearest: Growing | null = null;
  for (const group of new Set(places.flat())) {
    const theirs = group.first.nearFingerprint;
    if (!isNear(mine, theirs)) continue;
    if (!nearest || likeness(mine, theirs) > likeness(mine, nearest.first.nearFingerprint)) nearest = group;
  }
  return nearest;
}

function describeGroup({ first, members }: Growing): CampaignGroup {
  const campaigns = [...members].sort((a, b) => b.pending - a.pending || (a.id < b.id ? -1 : 1));
  const sum = (of: 'size' | 'pending'): number => campaigns.reduce((total, one) => total + one[of], 0);
  return { id: first.id, size: sum('size'), pending: sum('pending'), campaigns };
}
