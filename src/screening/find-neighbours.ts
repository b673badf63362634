// The look-ups by the bands of a near fingerprint. Each is an index range of bounded length, newest first, however many
// texts share a band; whether what it finds is near is asked of the whole fingerprint by the caller. Planned anew each
// time: a plan that a connection keeps from when the table was small reads all of it for every comment.
import type { EntityManager } from 'typeorm';
import { BANDS, type NearFingerprint } from '../lib/spam/near-fingerprint.js';
import type { CampaignId, SiteId } from '../platform/ids.js';

/** Campaigns of a site looked at for one band: the newest. Most bands lead to one or none. */
const MOST_OF_SITE = 8;
/** Confirmed ones of all sites; more, because one owner may have many sites that confirm the same. */
const MOST_CONFIRMED = 60;
/** Counting stops here: a flood must not make each of its copies slower to screen. */
const ENOUGH = 100;

export interface Asked {
  readonly siteId: SiteId;
  readonly nearFingerprint: NearFingerprint;
}

export interface Neighbour {
  /** Place of the one asked about, in the order given. */
  readonly place: number;
  readonly siteId: SiteId;
  readonly id: CampaignId;
  readonly nearFingerprint: NearFingerprint;
  /** Comments put away as spam by people, and by operators among them. */
  readonly confirmed: number;
  readonly confirmedByOperator: number;
}

export interface OwnNeighbour extends Neighbour {
  /** Comments of it submitted since the time asked for, up to 100; null where they must be counted. */
  readonly recent: number | null;
}

const EACH_BAND = Array.from({ length: BANDS }, (_, index) => `near_fingerprint[${index + 1}]`);

const OF_SITE = EACH_BAND.map(
  (band) => `(select b.* from campaign b where b.site_id = a.site_id and b.${band} = a.${band}
               order by b.id desc limit ${MOST_OF_SITE})`,
).join(' union all ');

const CONFIRMED = EACH_BAND.map(
  (band) => `(select b.* from campaign b where b.confirmed > 0 and b.${band} = a.${band}
               order by b.id desc limit ${MOST_CONFIRMED})`,
).join(' union all ');

const ASKED = `asked as materialized (
    select (w.place - 1)::int as place, w.site_id, w.print::int[] as near_fingerprint
      from unnest($1::uuid[], $2::text[]) with ordinality w(site_id, print, place))`;

const NEIGHBOUR = `a.place, k.site_id as "siteId", k.id, k.near_fingerprint::text as print, k.confirmed,
       k.confirmed_by_operator as "confirmedByOperator"`;

/** Of a campaign that began later all comments are recent, and of one that ended earlier none. */
const RECENT = `case when k.last_at < $3 then 0 when k.first_at >= $3 then least(k.size, ${ENOUGH}) end as recent`;

/** Also for the test that reads its plan. */
export const FIND_OF_SITE = `
  with ${ASKED} select ${NEIGHBOUR}, ${RECENT} from asked a cross join lateral (${OF_SITE}) k`;

const FIND_CONFIRMED = `
  with ${ASKED} select ${NEIGHBOUR} from asked a cross join lateral (${CONFIRMED}) k where k.site_id <> a.site_id`;

/** Campaigns of the same site that share a band; one that shares two may come twice. */
export async function findOfSite(
  manager: EntityManager,
  asked: readonly Asked[],
  since: Date,
): Promise<OwnNeighbour[]> {
  const rows: RowOf<OwnNeighbour>[] = await manager.query(FIND_OF_SITE, [...keysOf(asked), since]);
  return rows.map(readRow);
}

/** The same of campaigns confirmed as spam on other sites. For a transaction that sees all sites. */
export async function findConfirmed(manager: EntityManager, asked: readonly Asked[]): Promise<Neighbour[]> {
  const rows: RowOf<Neighbour>[] = await manager.query(FIND_CONFIRMED, keysOf(asked));
  return rows.map(readRow);
}

type RowOf<One extends Neighbour> = Omit<One, 'nearFingerprint'> & { readonly print: string };

/** The driver's own reading of an array takes longer than the look-up. */
function readRow<Row extends { readonly print: string }>({
  print,
  ...row
}: Row): Omit<Row, 'print'> & Pick<Neighbour, 'nearFingerprint'> {
  return { ...row, nearFingerprint: print.slice(1, -1).split(',').map(Number) };
}

function keysOf(asked: readonly Asked[]): unknown[] {
  return [asked.map(({ siteId }) => siteId), asked.map(({ nearFingerprint }) => `{${nearFingerprint.join()}}`)];
}

/** How many comments of each campaign were submitted since then, up to 100. */
export async function countRecent(
  manager: EntityManager,
  campaigns: readonly OwnNeighbour[],
  since: Date,
): Promise<Map<CampaignId, number>> {
  const uncounted = campaigns.filter(({ recent }) => recent === null);
  const rows: { id: CampaignId; recent: number }[] =
    uncounted.length === 0
      ? []
      : await manager.query(COUNT_RECENT, [uncounted.map((one) => one.siteId), uncounted.map((one) => one.id), since]);
  return new Map([...campaigns, ...rows].map(({ id, recent }) => [id, Math.min(ENOUGH, recent ?? 0)]));
}

/** Each status by itself, so that the index of campaigns fits whatever the planner knows of the table. */
const COUNT_RECENT = `
  select d.id, sum(r.recent)::int as recent
    from (select distinct site_id, id from unnest($1::uuid[], $2::uuid[]) w(site_id, id)) d
   cross join unnest('{pending,spam,approved,published,rejected}'::text[]) s(status)
   cross join lateral (select count(*) as recent from (
     select 1 from comment c where c.site_id = d.site_id and c.campaign_id = d.id and c.status = s.status
        and c.submitted_at >= $3 limit ${ENOUGH}) c) r
   group by d.id`;
