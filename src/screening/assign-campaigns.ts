// Decides to which campaign each comment of a batch belongs. It asks nobody: what is stored was looked up before.
import { BANDS, isNear, likeness, type NearFingerprint } from '../lib/spam/near-fingerprint.js';
import { groupBy } from '../platform/group-by.js';
import { newId, type CampaignId, type SiteId } from '../platform/ids.js';

interface Printed {
  readonly siteId: SiteId;
  readonly nearFingerprint: NearFingerprint;
}

interface Stored {
  readonly place: number;
  readonly id: CampaignId;
  readonly nearFingerprint: NearFingerprint;
}

export interface Assignment<Neighbour> {
  readonly id: CampaignId;
  /** Of the campaign's first comment: near to all of its comments, which need not be near to each other. */
  readonly nearFingerprint: NearFingerprint;
  /** The stored campaign; null for one that this batch founds. */
  readonly joins: Neighbour | null;
  /** Comments before this one in the batch that belong to it too. */
  readonly earlier: number;
}

/** @returns for each comment, in order, its campaign: a stored one that is near, one of an earlier comment, or a new one */
export function assignCampaigns<Neighbour extends Stored>(
  comments: readonly Printed[],
  neighbours: readonly Neighbour[],
): Assignment<Neighbour>[] {
  const byPlace = groupBy(neighbours, ({ place }) => place);
  const founders = new Founders();
  const sizes = new Map<CampaignId, number>();
  return comments.map(({ siteId, nearFingerprint }, index) => {
    const joins = nearest(nearFingerprint, byPlace.get(index) ?? []);
    const found = joins ?? founders.nearest(siteId, nearFingerprint) ?? founders.add(siteId, nearFingerprint);
    const earlier = sizes.get(found.id) ?? 0;
    sizes.set(found.id, earlier + 1);
    return { id: found.id, nearFingerprint: found.nearFingerprint, joins, earlier };
  });
}

type Founder = Omit<Stored, 'place'>;

/** The most alike of those that are near; of equals the oldest, so that all workers choose the same. */
export function nearest<Candidate extends Founder>(
  nearFingerprint: NearFingerprint,
  candidates: readonly Candidate[],
): Candidate | null {
  const near = candidates.filter((candidate) => isNear(nearFingerprint, candidate.nearFingerprint));
  const rank = (candidate: Candidate): number => likeness(nearFingerprint, candidate.nearFingerprint);
  return near.sort((one, other) => rank(other) - rank(one) || (one.id < other.id ? -1 : 1))[0] ?? null;
}

/** The campaigns that a batch founds, found by the same bands as the stored ones. */
class Founders {
  readonly #byBand = new Map<string, Founder[]>();

  nearest(siteId: SiteId, nearFingerprint: NearFingerprint): Founder | null {
    return nearest(
      nearFingerprint,
      bandsOf(siteId, nearFingerprint).flatMap((band) => this.#byBand.get(band) ?? []),
    );
  }

  add(siteId: SiteId, nearFingerprint: NearFingerprint): Founder {
    const founder = { id: newId<CampaignId>(), nearFingerprint };
    for (const band of bandsOf(siteId, nearFingerprint)) {
      const others = this.#byBand.get(band);
      if (others) others.push(founder);
      else this.#byBand.set(band, [founder]);
    }
    return founder;
  }
}

function bandsOf(siteId: SiteId, nearFingerprint: NearFingerprint): string[] {
  return nearFingerprint.slice(0, BANDS).map((value, band) => `${siteId}/${band}/${value}`);
}
