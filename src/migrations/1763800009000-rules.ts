import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

export class Rules1763800009000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table site_rule (
        site_id uuid not null constraint site_rule_site_fk references site (id) on delete cascade,
        id uuid not null,
        field text not null,
        match text not null,
        value text not null,
        action text not null,
        note text,
        created_at timestamptz not null,
        created_by text not null,
        constraint site_rule_pkey primary key (site_id, id))`);
    await queryRunner.query(protectBySite('site_rule'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table site_rule');
  }
}
