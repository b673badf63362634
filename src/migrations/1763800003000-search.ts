import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite, SEARCH_ROLE } from '../platform/database/row-level-security.js';

/**
 * Search by trigrams, so that it works in every script. The pattern operators are not leakproof, so PostgreSQL refuses
 * to use a trigram index behind a row-level policy. The look-up is therefore a function that runs as a role for which
 * the policy is plainly true, takes its site from the transaction's setting, and gives back ids only. Where that role
 * could not be made (see prepare-database.ts) the function runs as the owner, behind the policy: right, but slower.
 */
export class Search1763800003000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create extension if not exists pg_trgm;
      create extension if not exists btree_gin;
      create table comment_search (
        site_id uuid not null,
        comment_id uuid not null,
        document text not null,
        constraint comment_search_pkey primary key (site_id, comment_id),
        constraint comment_search_comment_fk foreign key (site_id, comment_id)
          references comment (site_id, id) on delete cascade);
      create index comment_search_document on comment_search using gin (site_id, document gin_trgm_ops);`);
    await queryRunner.query(protectBySite('comment_search'));
    await queryRunner.query(`
      create function search_comment_ids(pattern text, most integer) returns setof uuid
        language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        begin
          return query select comment_id from comment_search
            where site_id = nullif(current_setting('app.site_id', true), '')::uuid and document ilike pattern
            limit most;
        end $$;`);
    await queryRunner.query(`
      do $$ begin
        if exists (select from pg_roles where rolname = '${SEARCH_ROLE}' and pg_has_role(current_user, oid, 'member')) then
          create policy searcher on comment_search for select to ${SEARCH_ROLE} using (true);
          grant select on comment_search to ${SEARCH_ROLE};
          grant usage, create on schema public to ${SEARCH_ROLE};
          alter function search_comment_ids(text, integer) owner to ${SEARCH_ROLE};
          revoke create on schema public from ${SEARCH_ROLE};
        end if;
      end $$;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop function search_comment_ids(text, integer)');
    await queryRunner.query('drop table comment_search');
  }
}
