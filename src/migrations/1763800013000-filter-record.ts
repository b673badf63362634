import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

/**
 * What the machine made of a comment is kept on it, also where a person was asked instead, and how the filter did is
 * kept by week. The record begins here: what was screened before is not in it, because spam of those weeks is gone.
 */
export class FilterRecord1763800013000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table comment add column verdict_score double precision, add column screened_at timestamptz,
        add column machine_status text, add column is_blind boolean not null default false;

      create table filter_record (
        site_id uuid not null constraint filter_record_site_fk references site (id) on delete cascade,
        week date not null,
        screened integer not null default 0,
        put_away integer not null default 0,
        held integer not null default 0,
        let_out integer not null default 0,
        restored integer not null default 0,
        marked integer not null default 0,
        blind integer not null default 0,
        blind_ham integer not null default 0,
        blind_spam integer not null default 0,
        false_positives integer not null default 0,
        false_negatives integer not null default 0,
        constraint filter_record_pkey primary key (site_id, week));`);
    await queryRunner.query(protectBySite('filter_record'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table filter_record');
    await queryRunner.query(`
      alter table comment drop column verdict_score, drop column screened_at, drop column machine_status,
        drop column is_blind`);
  }
}
