import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

/**
 * Several moderators on one queue: who looks at a comment just now, what they note for each other, which authors the
 * site trusts or has banned, and what people and programs did on the site beside deciding.
 */
export class Together1763800017000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TABLES);
    for (const table of ['comment_claim', 'moderator_note', 'act']) await queryRunner.query(protectBySite(table));
    await queryRunner.query(TAKE_NOTES_ALONG);
    await queryRunner.query(ADDRESSES_AS_COMPARED);
    await queryRunner.query(
      `create index site_rule_address on site_rule (site_id, value) where field = 'address' and match = 'exact'`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop trigger take_notes_along on comment; drop function take_notes_along()');
    await queryRunner.query('drop index site_rule_address; drop table comment_claim, moderator_note, act');
  }
}

const TABLES = `
  create table comment_claim (
    site_id uuid not null constraint comment_claim_site_fk references site (id) on delete cascade,
    comment_id uuid not null,
    actor_id uuid not null,
    actor_name text not null,
    until timestamptz not null,
    constraint comment_claim_pkey primary key (site_id, comment_id));

  create table moderator_note (
    site_id uuid not null constraint moderator_note_site_fk references site (id) on delete cascade,
    id uuid not null,
    comment_id uuid,
    author_key text,
    text text not null,
    actor_id uuid not null,
    actor_name text not null,
    at timestamptz not null,
    constraint moderator_note_pkey primary key (site_id, id));
  create index moderator_note_comment on moderator_note (site_id, comment_id, id) where comment_id is not null;
  create index moderator_note_author on moderator_note (site_id, author_key, id) where author_key is not null;

  create table act (
    site_id uuid not null constraint act_site_fk references site (id) on delete cascade,
    id uuid not null,
    at timestamptz not null,
    actor_kind text not null,
    actor_id uuid not null,
    actor_name text not null,
    action text not null,
    subject text,
    detail jsonb,
    constraint act_pkey primary key (site_id, id));
  create index act_retention on act (at);`;

/**
 * As whoever deletes the comment, who sees its notes if they see it. Those on its author go with the last comment: a
 * purge and a deletion hold the site's counters, so that two last ones cannot each leave it to the other.
 */
const TAKE_NOTES_ALONG = `
  create function take_notes_along() returns trigger language plpgsql
    set search_path = pg_catalog, public, pg_temp as $$
    begin
      delete from comment_claim k using gone where k.site_id = gone.site_id and k.comment_id = gone.id;
      delete from moderator_note n using gone where n.site_id = gone.site_id and n.comment_id = gone.id;
      delete from moderator_note n using gone
       where n.site_id = gone.site_id and n.author_key = gone.author_key
         and not exists (select 1 from comment c where c.site_id = n.site_id and c.author_key = n.author_key);
      return null;
    end $$;
  create trigger take_notes_along after delete on comment referencing old table as gone
    for each statement execute function take_notes_along();`;

/** A rule for a whole address is kept as addresses are compared, so that a comment finds it by its author. Of every site. */
const ADDRESSES_AS_COMPARED = `
  set local app.across_sites = 'on';
  update site_rule set value = lower(btrim(value)) where field = 'address' and match = 'exact';
  set local app.across_sites = '';`;
