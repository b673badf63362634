import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

export class Idempotency1763800002000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table idempotency_record (
        site_id uuid not null constraint idempotency_record_site_fk references site (id) on delete cascade,
        key_hash bytea not null,
        payload_hash bytea not null,
        comment_id uuid not null,
        expires_at timestamptz not null,
        constraint idempotency_record_pkey primary key (site_id, key_hash));
      create index idempotency_record_expiry on idempotency_record (expires_at);`);
    await queryRunner.query(protectBySite('idempotency_record'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table idempotency_record');
  }
}
