import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

/**
 * What a comment said before it was edited, and the learning's order of events with those of authors in it: who edits or
 * deletes their comment takes back what it had taught.
 */
export class OwnComment1763800014000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table comment_revision (
        site_id uuid not null constraint comment_revision_site_fk references site (id) on delete cascade,
        comment_id uuid not null,
        revision integer not null,
        body text not null,
        replaced_version integer not null,
        constraint comment_revision_pkey primary key (site_id, comment_id, revision));

      drop index comment_event_taught;
      create index comment_event_taught on comment_event (site_id, seq)
        where actor_kind in ('person', 'author') and seq is not null;`);
    await queryRunner.query(protectBySite('comment_revision'));
    await queryRunner.query(TAKE_REVISIONS_ALONG);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop trigger take_revisions_along on comment; drop function take_revisions_along()');
    await queryRunner.query(`
      drop table comment_revision;
      drop index comment_event_taught;
      create index comment_event_taught on comment_event (site_id, seq) where actor_kind = 'person';`);
  }
}

/** As whoever deletes the comment, who sees its texts if they see it. */
const TAKE_REVISIONS_ALONG = `
  create function take_revisions_along() returns trigger language plpgsql
    set search_path = pg_catalog, public, pg_temp as $$
    begin
      delete from comment_revision r using gone where r.site_id = gone.site_id and r.comment_id = gone.id;
      return null;
    end $$;
  create trigger take_revisions_along after delete on comment referencing old table as gone
    for each statement execute function take_revisions_along();`;
