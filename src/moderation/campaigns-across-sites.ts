import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { idOf, type Caller } from '../accounts/caller.js';
import { readLimit, readOne, type RawQuery } from '../platform/http/query.js';
import type { SiteId } from '../platform/ids.js';
import { openCursor, sealCursor } from '../platform/signing/cursor.js';
import { Secrets } from '../platform/signing/secrets.js';
import { groupCampaigns, type CampaignGroup, type WaitingCampaign } from './group-campaigns.js';
import { ModeratedSites, namedSites, sitesIn, type Reach } from './moderated-sites.js';
import { LIST_TIMEOUT_MS } from './moderation-queue.js';
import { viewItemOfSite, type ItemOfSite } from './queue-across-sites.js';
import type { RowOfSite } from './page-across-sites.js';
import { QUEUE_COLUMNS } from './queue-item.js';

/** Sites looked at, those with the longest queues; on each the fullest campaigns; of all those together. */
const MOST_SITES = 500;
const LEAST_OF_SITE = 50;
const MOST_CAMPAIGNS = 5_000;
/** Named in a group, the fullest: as many as one decision takes. */
export const MOST_NAMED = 100;

export interface CampaignOfSite {
  readonly key: string;
  readonly name: string;
  readonly campaign: string;
  readonly size: number;
  readonly pending: number;
}

export interface CampaignAcrossSites {
  readonly id: string;
  /** Of all sites, also of those that are not named for being too many. */
  readonly size: number;
  readonly pending: number;
  readonly sites: readonly CampaignOfSite[];
  /** The first of those that wait. */
  readonly sample: ItemOfSite;
}

export interface CampaignsPage {
  readonly items: readonly CampaignAcrossSites[];
  readonly nextCursor: string | null;
}

/** Near-identical comments that wait on the sites of somebody who moderates many, as one, the fullest first. */
@Injectable()
export class CampaignsAcrossSites {
  constructor(
    private readonly sites: ModeratedSites,
    private readonly secrets: Secrets,
  ) {}

  /** @throws Problem `malformed-query`, `invalid-cursor`, `site-not-found` */
  async list(caller: Caller, query: RawQuery): Promise<CampaignsPage> {
    const limit = readLimit(query);
    const cursor = readOne(query, 'cursor') ?? null;
    const scope = ['campaigns across sites', idOf(caller), namedSites(query).sort()];
    const after = cursor === null ? null : openCursor(this.secrets, scope, cursor);
    const reach = await this.sites.reach(caller, query);
    return this.sites.look(reach, async (manager) => {
      await manager.query(`set local statement_timeout = ${LIST_TIMEOUT_MS}`);
      const groups = groupCampaigns(await findWaiting(manager, reach)).filter((group) => comesAfter(group, after));
      const page = groups.slice(0, limit);
      const last = groups.length > limit ? page.at(-1) : undefined;
      return {
        items: await viewGroups(manager, page, idOf(caller)),
        nextCursor: last ? sealCursor(this.secrets, scope, [String(last.pending), last.id]) : null,
      };
    });
  }
}

function comesAfter({ pending, id }: CampaignGroup, after: readonly string[] | null): boolean {
  const [most, before = ''] = after ?? [];
  if (most === undefined) return true;
  return pending < Number(most) || (pending === Number(most) && id < before);
}

type FoundCampaign = Omit<WaitingCampaign, 'nearFingerprint'> & { readonly print: string };

async function findWaiting(manager: EntityManager, reach: Reach): Promise<WaitingCampaign[]> {
  const rows: FoundCampaign[] = await manager.query(FIND_WAITING, [sitesIn(reach)]);
  // The driver's own reading of an array takes longer than the look-up.
  return rows.map(({ print, ...row }) => ({ ...row, nearFingerprint: print.slice(1, -1).split(',').map(Number) }));
}

/** Also for the test that reads its plan. Each part is an index range of bounded length. */
export const FIND_WAITING = `
  with sites as materialized (
    select w.site_id from site_counter w where w.pending > 0 and ($1::uuid[] is null or w.site_id = any($1))
     order by w.pending desc limit ${MOST_SITES})
  select k.site_id as "siteId", k.id, k.size, k.pending, k.near_fingerprint::text as print
    from sites s cross join lateral (
      select * from campaign c where c.site_id = s.site_id and c.pending > 0 order by c.pending desc, c.id desc
       limit greatest(${LEAST_OF_SITE}, ${MOST_CAMPAIGNS} / (select count(*) from sites))) k
   order by k.pending desc, k.id desc limit ${MOST_CAMPAIGNS}`;

type Sample = RowOfSite & { readonly group: number };

async function viewGroups(
  manager: EntityManager,
  groups: readonly CampaignGroup[],
  me: string,
): Promise<CampaignAcrossSites[]> {
  const members = groups.flatMap(({ campaigns }, group) => campaigns.map(({ siteId, id }) => ({ group, siteId, id })));
  const samples: Sample[] = await manager.query(FIRST_WAITING, [
    members.map(({ group }) => group),
    members.map(({ siteId }) => siteId),
    members.map(({ id }) => id),
  ]);
  const labels = await readLabels(manager, [...new Set(members.map(({ siteId }) => siteId))]);
  // One whose last comment was decided since it was counted has nothing to show.
  return samples.flatMap(({ group, ...row }) => {
    const { id, size, pending, campaigns } = groups[group] ?? {};
    if (id === undefined || size === undefined || pending === undefined || !campaigns) return [];
    const sites = campaigns.slice(0, MOST_NAMED).flatMap((one) => {
      const site = labels.get(one.siteId);
      return site ? [{ ...site, campaign: one.id, size: one.size, pending: one.pending }] : [];
    });
    return [{ id, size, pending, sites, sample: viewItemOfSite(row, me) }];
  });
}

const FIRST_WAITING = `
  with first as materialized (
    select distinct on (w.place) w.place, f.site_id, f.id
      from unnest($1::int[], $2::uuid[], $3::uuid[]) w(place, site_id, campaign_id) cross join lateral (
        select r.site_id, r.id, r.submitted_at from comment r
         where r.site_id = w.site_id and r.campaign_id = w.campaign_id and r.status = 'pending'
         order by r.submitted_at, r.id limit 1) f
     order by w.place, f.submitted_at, f.id)
  select p.place as "group", ${QUEUE_COLUMNS}, s.key as "siteKey", s.name as "siteName", '' as place
    from first p join comment c on c.site_id = p.site_id and c.id = p.id
    join article a on a.site_id = c.site_id and a.id = c.article_id join site s on s.id = c.site_id
   order by p.place`;

async function readLabels(
  manager: EntityManager,
  ids: readonly SiteId[],
): Promise<Map<SiteId, { readonly key: string; readonly name: string }>> {
  const rows: { id: SiteId; key: string; name: string }[] = await manager.query(
    'select id, key, name from site where id = any($1)',
    [ids],
  );
  return new Map(rows.map(({ id, key, name }) => [id, { key, name }]));
}
