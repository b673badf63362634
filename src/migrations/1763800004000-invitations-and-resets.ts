import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

export class InvitationsAndResets1763800004000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table invitation (
        site_id uuid not null constraint invitation_site_fk references site (id) on delete cascade,
        id uuid not null,
        email text not null,
        role text not null,
        token_hash bytea not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        constraint invitation_pkey primary key (site_id, id));
      create unique index invitation_token on invitation (token_hash);
      create unique index invitation_email on invitation (site_id, email);
      create index invitation_expiry on invitation (expires_at);

      create table operator_invitation (
        id uuid constraint operator_invitation_pkey primary key,
        email text not null,
        token_hash bytea not null,
        created_at timestamptz not null,
        expires_at timestamptz not null);
      create unique index operator_invitation_token on operator_invitation (token_hash);
      create unique index operator_invitation_email on operator_invitation (email);

      create table password_reset (
        account_id uuid constraint password_reset_pkey primary key
          constraint password_reset_account_fk references account (id) on delete cascade,
        token_hash bytea not null,
        created_at timestamptz not null,
        expires_at timestamptz not null);
      create unique index password_reset_token on password_reset (token_hash);

      create table sign_in_try (
        key bytea constraint sign_in_try_pkey primary key,
        tries integer not null,
        ends_at timestamptz not null);
      create index sign_in_try_end on sign_in_try (ends_at);

      alter table session add column device text;`);
    await queryRunner.query(protectBySite('invitation'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table session drop column device');
    await queryRunner.query('drop table sign_in_try, password_reset, operator_invitation, invitation');
  }
}
