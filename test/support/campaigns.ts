import type { SiteId } from '../../src/platform/ids.js';
import type { TestStage } from './test-stage.js';

const COUNTED = ['pending', 'spam', 'approved', 'published', 'rejected'] as const;

export interface CampaignRow {
  readonly id: string;
  readonly size: number;
  readonly confirmed: number;
}

/** The campaigns of a site, the largest first. */
export function campaignsOf(stage: TestStage, site: SiteId): Promise<CampaignRow[]> {
  return stage.rows('select * from campaign where site_id = $1 order by size desc, id', [site]);
}

/** Campaigns whose counts are not what their comments say, or whose last comment is gone. */
export function wrongCampaigns(stage: TestStage, site: SiteId): Promise<unknown[]> {
  const real = `
    select k.id, ${COUNTED.map((status) => `count(*) filter (where c.status = '${status}')::int as ${status}`).join(', ')},
           count(*) filter (where c.status in ('${COUNTED.join("', '")}'))::int as size,
           count(*) filter (where c.status = 'spam' and c.spam_confirmed_by is not null)::int as confirmed,
           count(*) filter (where c.status = 'spam' and c.spam_confirmed_by = 'operator')::int as confirmed_by_operator,
           count(c.id)::int as members
      from campaign k left join comment c on c.site_id = k.site_id and c.campaign_id = k.id
     where k.site_id = $1 group by k.id`;
  const same = [...COUNTED, 'size', 'confirmed', 'confirmed_by_operator'].map((name) => `k.${name} = r.${name}`);
  return stage.rows(
    `with r as (${real}) select r.*, to_jsonb(k) - 'near_fingerprint' as kept from r
       join campaign k on k.site_id = $1 and k.id = r.id
      where not (${same.join(' and ')}) or r.members = 0`,
    [site],
  );
}
