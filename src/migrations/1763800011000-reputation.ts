import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

/**
 * What people decided is kept on the comment, and the domains it links to beside it while something was decided. The
 * indexes on the comment hold decided ones only, so that the intake writes into none of them.
 */
export class Reputation1763800011000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table comment add column decided text, add column decided_before text');
    await queryRunner.query(DECIDED_SO_FAR);
    await queryRunner.query(`
      create index comment_author_decided on comment (site_id, author_key, decided) where decided is not null;
      create index comment_network_decided on comment (site_id, client_network, decided, submitted_at)
        where decided is not null and client_network is not null;

      create table comment_link (
        site_id uuid not null constraint comment_link_site_fk references site (id) on delete cascade,
        comment_id uuid not null,
        domain text not null,
        standing text not null,
        at timestamptz not null,
        kept_until timestamptz,
        constraint comment_link_pkey primary key (site_id, comment_id, domain));
      create index comment_link_domain on comment_link (domain, standing, site_id, at);
      create index comment_link_kept on comment_link (kept_until) where kept_until is not null;`);
    await queryRunner.query(protectBySite('comment_link'));
    await queryRunner.query(TAKE_LINKS_ALONG);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop trigger take_links_along on comment; drop function take_links_along()');
    await queryRunner.query('drop table comment_link');
    await queryRunner.query('alter table comment drop column decided, drop column decided_before');
  }
}

/** What was in force; the links of these comments are learned when somebody decides on them again. Of every site. */
const DECIDED_SO_FAR = `
  set local app.across_sites = 'on';
  update comment c set decided = case e.action when 'spam' then 'spam' else 'ham' end
    from comment_event e
   where e.site_id = c.site_id and e.comment_id = c.id and e.version = c.version and e.actor_kind = 'person'
     and e.action in ('approve', 'publish', 'spam');
  set local app.across_sites = '';`;

/** As whoever deletes the comment, who sees its links if they see it. What the purge wants kept is marked by then. */
const TAKE_LINKS_ALONG = `
  create function take_links_along() returns trigger language plpgsql
    set search_path = pg_catalog, public, pg_temp as $$
    begin
      delete from comment_link l using gone
       where l.site_id = gone.site_id and l.comment_id = gone.id and l.kept_until is null;
      return null;
    end $$;
  create trigger take_links_along after delete on comment referencing old table as gone
    for each statement execute function take_links_along();`;
