// Two workers that see the first two copies of a text at the same moment found a campaign each; here one gives way.
import type { EntityManager } from 'typeorm';
import type { CampaignId, SiteId } from '../platform/ids.js';
import { CAMPAIGN_ADDS, CAMPAIGN_SUMS } from './campaign-counts.js';

export interface Twins {
  readonly siteId: SiteId;
  /** Founded by the caller's transaction, so that nobody else has seen it and its comments are locked by the caller. */
  readonly younger: CampaignId;
  readonly older: CampaignId;
}

/** Moves the comments of the younger ones over. For a transaction that has just applied moves on these sites. */
export async function joinCampaigns(manager: EntityManager, twins: readonly Twins[]): Promise<void> {
  if (twins.length === 0) return;
  await manager.query(JOIN_CAMPAIGNS, [
    twins.map(({ siteId }) => siteId),
    twins.map(({ younger }) => younger),
    twins.map(({ older }) => older),
  ]);
}

const JOIN_CAMPAIGNS = `
  with twin as materialized (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) t(site_id, younger, older)),
  moved as (
    update comment c set campaign_id = twin.older
      from twin where c.site_id = twin.site_id and c.campaign_id = twin.younger),
  gone as (
    delete from campaign k using twin where k.site_id = twin.site_id and k.id = twin.younger
    returning k.*, twin.older),
  sums as (
    select gone.site_id, gone.older, min(gone.first_at) as first_at, max(gone.last_at) as last_at, ${CAMPAIGN_SUMS}
      from gone group by gone.site_id, gone.older)
  update campaign k set first_at = least(k.first_at, t.first_at), last_at = greatest(k.last_at, t.last_at),
         ${CAMPAIGN_ADDS}
    from sums t where k.site_id = t.site_id and k.id = t.older`;
