// What a batch of comments has in common with what came before: its campaigns, and what people made of their copies.
import type { EntityManager } from 'typeorm';
import type { ScreeningResult } from '../comments/move-comment.js';
import { joinCampaigns, type Twins } from '../comments/join-campaigns.js';
import type { Facts } from '../lib/spam/evidence.js';
import { isNear, nearFingerprint, type NearFingerprint } from '../lib/spam/near-fingerprint.js';
import { groupBy } from '../platform/group-by.js';
import type { CampaignId, CommentId, SiteId } from '../platform/ids.js';
import { assignCampaigns, nearest, type Assignment } from './assign-campaigns.js';
import { countRecent, findConfirmed, findOfSite, type Neighbour, type OwnNeighbour } from './find-neighbours.js';
import type { ReceivedComment } from './gather-evidence.js';
import { countUnrelated } from './unrelated-sites.js';

export type KinFacts = Pick<Facts, 'nearCopies' | 'spamCopies' | 'confirmedElsewhere'>;

export interface Kin {
  readonly facts: KinFacts;
  readonly campaign: ScreeningResult['campaign'];
  /** Whether the campaign begins with this batch. */
  readonly isNew: boolean;
}

export type ComparedComment = ReceivedComment & { readonly kin: Kin };

const NO_KIN: Kin = {
  facts: { nearCopies: 0, spamCopies: 0, confirmedElsewhere: { sites: 0, byOperator: false } },
  campaign: null,
  isNew: false,
};
const DAY_MS = 86_400_000;

type Printed = ReceivedComment & { readonly nearFingerprint: NearFingerprint };

/**
 * Two queries for a batch, a third where copies go on for more than a day. The transaction must see all sites; of another
 * site nothing but a count comes back.
 */
export async function compareComments(
  manager: EntityManager,
  comments: readonly ReceivedComment[],
  now: Date,
): Promise<ComparedComment[]> {
  const inOrder = [...comments].sort((one, other) => (one.id < other.id ? -1 : 1));
  const printed = inOrder.flatMap((comment): Printed[] => {
    const print = nearFingerprint(comment.text.body);
    return print ? [{ ...comment, nearFingerprint: print }] : [];
  });
  if (printed.length === 0) return inOrder.map((comment) => ({ ...comment, kin: NO_KIN }));
  const since = new Date(now.getTime() - DAY_MS);
  const assigned = assignCampaigns(printed, await findOfSite(manager, printed, since));
  const joined = assigned.flatMap(({ joins }) => joins ?? []);
  const recent = await countRecent(manager, joined, since);
  const confirmed = await confirmationsOf(manager, printed);
  const kin = new Map(
    printed.map(({ id }, place): [CommentId, Kin] => [id, describeKin(assigned[place], recent, confirmed.get(place))]),
  );
  return inOrder.map((comment) => ({ ...comment, kin: kin.get(comment.id) ?? NO_KIN }));
}

function describeKin(
  assignment: Assignment<OwnNeighbour> | undefined,
  recent: ReadonlyMap<CampaignId, number>,
  confirmedElsewhere = NO_KIN.facts.confirmedElsewhere,
): Kin {
  if (!assignment) return NO_KIN;
  const { id, nearFingerprint: print, joins, earlier } = assignment;
  const nearCopies = earlier + (recent.get(id) ?? 0);
  return {
    facts: { nearCopies, spamCopies: joins?.confirmed ?? 0, confirmedElsewhere },
    campaign: { id, nearFingerprint: print },
    isNew: joins === null,
  };
}

/** By the place of the comment; a comment whose text nobody else has confirmed is missing. */
async function confirmationsOf(
  manager: EntityManager,
  printed: readonly Printed[],
): Promise<Map<number, KinFacts['confirmedElsewhere']>> {
  const near = (await findConfirmed(manager, printed)).filter(({ place, nearFingerprint: other }) => {
    const print = printed[place]?.nearFingerprint;
    return print !== undefined && isNear(print, other);
  });
  if (near.length === 0) return new Map();
  const owners = await ownersOf(manager, [...new Set(near.map(({ siteId }) => siteId))]);
  return new Map(
    [...groupBy(near, ({ place }) => place)].map(([place, ofPlace]) => [place, describeConfirmations(ofPlace, owners)]),
  );
}

function describeConfirmations(
  near: readonly Neighbour[],
  owners: ReadonlyMap<SiteId, readonly string[]>,
): KinFacts['confirmedElsewhere'] {
  const sites = near.map(({ siteId }) => ({ site: siteId, owners: owners.get(siteId) ?? [] }));
  return { sites: countUnrelated(sites), byOperator: near.some((one) => one.confirmedByOperator > 0) };
}

async function ownersOf(manager: EntityManager, sites: readonly SiteId[]): Promise<Map<SiteId, string[]>> {
  const rows: { siteId: SiteId; owners: string[] }[] = await manager.query(
    `select site_id as "siteId", array_agg(account_id) as owners from membership
      where site_id = any($1) and role = 'owner' group by site_id`,
    [sites],
  );
  return new Map(rows.map(({ siteId, owners }) => [siteId, owners]));
}

/**
 * Another worker may have stored a campaign near to one of ours after we looked. It holds the site's counter row until
 * its commit, as we do now; so what is stored at last is seen here, and each site's later campaign gives way to the
 * earlier one before anybody has seen it.
 */
export async function joinTwins(
  manager: EntityManager,
  comments: readonly ComparedComment[],
  now: Date,
): Promise<void> {
  const founded = [
    ...new Map(
      comments.flatMap(({ siteId, kin }) =>
        kin.campaign && kin.isNew ? [[kin.campaign.id, { siteId, ...kin.campaign }] as const] : [],
      ),
    ).values(),
  ];
  if (founded.length === 0) return;
  const ours = new Set(founded.map(({ id }) => id));
  const others = groupBy(
    (await findOfSite(manager, founded, now)).filter(({ id }) => !ours.has(id)),
    ({ place }) => place,
  );
  const twins = founded.flatMap(({ siteId, id, nearFingerprint: print }, index): Twins[] => {
    const older = nearest(print, others.get(index) ?? []);
    return older ? [{ siteId, younger: id, older: older.id }] : [];
  });
  await joinCampaigns(manager, twins);
}
