import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

/**
 * What a site's model is folded from, and up to which decision the site has been learned. Sites that have decisions to
 * learn have an index of their own, empty most of the time: the sweep need not look at the others.
 */
export class Learning1763800012000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table learned_comment (
        site_id uuid not null constraint learned_comment_site_fk references site (id) on delete cascade,
        comment_id uuid not null,
        seq bigint not null,
        label text not null,
        fingerprint bigint not null,
        example bytea not null,
        constraint learned_comment_pkey primary key (site_id, comment_id));
      create unique index learned_comment_seq on learned_comment (site_id, seq);

      create table learned_site (
        site_id uuid constraint learned_site_pkey primary key
          constraint learned_site_site_fk references site (id) on delete cascade,
        version bigint not null default 0,
        rewritten_version bigint not null default 0,
        forgotten_spam bigint not null default 0,
        forgotten_ham bigint not null default 0,
        digest bytea);

      alter table site_counter add column decided_seq bigint not null default 0,
                               add column learned_seq bigint not null default 0;
      create index site_counter_unlearned on site_counter (site_id) where decided_seq > learned_seq;
      create index comment_event_taught on comment_event (site_id, seq) where actor_kind = 'person';`);
    for (const table of ['learned_comment', 'learned_site']) await queryRunner.query(protectBySite(table));
    await queryRunner.query(DECIDED_SO_FAR);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index comment_event_taught');
    await queryRunner.query('alter table site_counter drop column decided_seq, drop column learned_seq');
    await queryRunner.query('drop table learned_comment, learned_site');
  }
}

/** So that what was decided before is learned by the sweep, on every site. */
const DECIDED_SO_FAR = `
  set local app.across_sites = 'on';
  update site_counter k set decided_seq = e.seq
    from (select site_id, max(seq) as seq from comment_event where actor_kind = 'person' group by site_id) e
   where e.site_id = k.site_id and e.seq is not null;
  set local app.across_sites = '';`;
