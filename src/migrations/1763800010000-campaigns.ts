import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

/**
 * Near-identical comments of a site share a campaign: one row with the fingerprint of its first comment and no text. A
 * row is looked up by each of the six bands of its fingerprint; what people confirmed as spam is looked up so from other
 * sites too, which is why those indexes, small as they are, do not begin with the site. See decision 0014.
 */
export class Campaigns1763800010000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(CAMPAIGN);
    for (const band of [1, 2, 3, 4, 5, 6]) {
      await queryRunner.query(`
        create index campaign_band_${band} on campaign (site_id, (near_fingerprint[${band}]), id);
        create index campaign_confirmed_${band} on campaign ((near_fingerprint[${band}]), id) where confirmed > 0`);
    }
    await queryRunner.query(protectBySite('campaign'));
    await queryRunner.query(COMMENT);
    await queryRunner.query(WITH_SITE);
    await queryRunner.query(WITH_COMMENT);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(WITH_SITE_BEFORE);
    await queryRunner.query(WITH_COMMENT_BEFORE);
    await queryRunner.query(
      'drop index comment_campaign; alter table comment drop column campaign_id, drop column spam_confirmed_by',
    );
    await queryRunner.query('drop table campaign');
  }
}

const CAMPAIGN = `
  create table campaign (
    site_id uuid not null,
    id uuid not null,
    near_fingerprint integer[] not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    size integer not null default 0,
    pending integer not null default 0,
    spam integer not null default 0,
    approved integer not null default 0,
    published integer not null default 0,
    rejected integer not null default 0,
    confirmed integer not null default 0,
    confirmed_by_operator integer not null default 0,
    constraint campaign_pkey primary key (site_id, id));
  create index campaign_groups on campaign (site_id) where size > 1;
  create index campaign_retention on campaign (last_at) where size < 2 and confirmed = 0;`;

const COMMENT = `
  alter table comment add column campaign_id uuid, add column spam_confirmed_by text;
  create index comment_campaign on comment (site_id, campaign_id, status, submitted_at, id)
    where campaign_id is not null;`;

const EVENTS_AND_SEARCH = `
  delete from comment_event e using gone where e.site_id = gone.site_id and e.comment_id = gone.id;
  delete from comment_search s using gone where s.site_id = gone.site_id and s.comment_id = gone.id;`;

/** Deleted comments are taken off the counts of their campaigns; what has no comment left goes, with its fingerprint. */
const CAMPAIGNS = `
  update campaign k set
         size = k.size - g.size, pending = k.pending - g.pending, spam = k.spam - g.spam,
         approved = k.approved - g.approved, published = k.published - g.published, rejected = k.rejected - g.rejected,
         confirmed = k.confirmed - g.confirmed,
         confirmed_by_operator = k.confirmed_by_operator - g.confirmed_by_operator
    from (select site_id, campaign_id,
                 count(*) filter (where status in ('pending', 'spam', 'approved', 'published', 'rejected')) as size,
                 count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'spam') as spam,
                 count(*) filter (where status = 'approved') as approved,
                 count(*) filter (where status = 'published') as published,
                 count(*) filter (where status = 'rejected') as rejected,
                 count(*) filter (where status = 'spam' and spam_confirmed_by is not null) as confirmed,
                 count(*) filter (where status = 'spam' and spam_confirmed_by = 'operator') as confirmed_by_operator
            from gone where campaign_id is not null group by site_id, campaign_id) g
   where k.site_id = g.site_id and k.id = g.campaign_id;
  delete from campaign k using gone where k.site_id = gone.site_id and k.id = gone.campaign_id and k.size <= 0;`;

const KEYS_OF_SITE = 'delete from idempotency_record r using gone where r.site_id = gone.id;';

const WITH_SITE = taking('site', `${KEYS_OF_SITE} delete from campaign k using gone where k.site_id = gone.id;`);
const WITH_SITE_BEFORE = taking('site', KEYS_OF_SITE);
const WITH_COMMENT = taking('comment', `${EVENTS_AND_SEARCH} ${CAMPAIGNS}`);
const WITH_COMMENT_BEFORE = taking('comment', EVENTS_AND_SEARCH);

/** The triggers of 1763800006000 call these; they see all sites and set the wall back as it was. */
function taking(table: 'site' | 'comment', deletions: string): string {
  return `
    create or replace function take_along_with_${table}() returns trigger language plpgsql security definer
      set search_path = pg_catalog, public, pg_temp as $$
      declare
        before text := coalesce(current_setting('app.across_sites', true), '');
      begin
        perform set_config('app.across_sites', 'on', true);
        ${deletions}
        perform set_config('app.across_sites', before, true);
        return null;
      end $$;`;
}
