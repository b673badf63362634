import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SEARCH_ROLE } from '../platform/database/row-level-security.js';

/**
 * A transaction may list the sites it sees (`inSites`), for a person who moderates several: every wall there is learns
 * of the list, the search gets a look-up that asks the wall about each site, and a comment is found by its id alone.
 */
export class ManySites1763800005000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(REBUILD_WALLS);
    await queryRunner.query('create index comment_id on comment (id)');
    await queryRunner.query(SEARCH);
    await queryRunner.query(`
      do $$ begin
        if exists (select from pg_roles where rolname = '${SEARCH_ROLE}' and pg_has_role(current_user, oid, 'member')) then
          grant create on schema public to ${SEARCH_ROLE};
          alter function search_sites(uuid[], text, integer) owner to ${SEARCH_ROLE};
          revoke create on schema public from ${SEARCH_ROLE};
        end if;
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function search_sites(uuid[], text, integer)');
    await queryRunner.query('drop index comment_id');
    await queryRunner.query(WALLS_OF_ONE_SITE);
  }
}

/** Every table that stands behind the wall at this time, whoever made it; site is its own site. */
const REBUILD_WALLS = `
  do $$ declare
    tenant record;
    wall text;
  begin
    for tenant in select tablename as name, case tablename when 'site' then 'id' else 'site_id' end as site from pg_policies
                   where schemaname = current_schema() and policyname = 'one_site' loop
      wall := format($wall$%1$I = nullif(current_setting('app.site_id', true), '')::uuid
        or current_setting('app.across_sites', true) = 'on'
        or %1$I = any ((select nullif(current_setting('app.site_ids', true), '')::uuid[])::uuid[])$wall$, tenant.site);
      execute format('alter policy one_site on %I using (%s) with check (%s)', tenant.name, wall, wall);
    end loop;
  end $$;`;

const WALLS_OF_ONE_SITE = `
  do $$ declare
    tenant record;
    wall text;
  begin
    for tenant in select tablename as name, case tablename when 'site' then 'id' else 'site_id' end as site from pg_policies
                   where schemaname = current_schema() and policyname = 'one_site' loop
      wall := format($wall$%1$I = nullif(current_setting('app.site_id', true), '')::uuid
        or current_setting('app.across_sites', true) = 'on'$wall$, tenant.site);
      execute format('alter policy one_site on %I using (%s) with check (%s)', tenant.name, wall, wall);
    end loop;
  end $$;`;

/**
 * It passes the wall of the search table, so it asks itself which of the sites it was given the transaction may see.
 * Site by site, because the index takes one site at a time and one site's many hits are enough to stop. All sites at
 * once (null) is for a transaction that crosses.
 */
const SEARCH = `
  create function search_sites(sites uuid[], pattern text, most integer) returns table (site_id uuid, comment_id uuid)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    #variable_conflict use_column
    declare
      is_crossing constant boolean := coalesce(current_setting('app.across_sites', true) = 'on', false);
      mine constant uuid[] := nullif(current_setting('app.site_ids', true), '')::uuid[];
      wanted uuid;
      missing integer := most;
      found_now integer;
    begin
      if sites is null and is_crossing then
        return query select s.site_id, s.comment_id from comment_search s where s.document ilike pattern limit most;
      end if;
      foreach wanted in array coalesce(sites, '{}') loop
        continue when not (is_crossing or coalesce(wanted = any (mine), false));
        return query select s.site_id, s.comment_id from comment_search s
          where s.site_id = wanted and s.document ilike pattern limit missing;
        get diagnostics found_now = row_count;
        missing := missing - found_now;
        exit when missing <= 0;
      end loop;
    end $$;`;
