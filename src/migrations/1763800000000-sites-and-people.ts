import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

export class SitesAndPeople1763800000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table site (
        id uuid constraint site_pkey primary key,
        key text not null,
        name text not null,
        origins text[] not null,
        settings jsonb not null,
        created_at timestamptz not null);
      create unique index site_key on site (key);

      create table account (
        id uuid constraint account_pkey primary key,
        email text not null,
        name text not null,
        password_hash text not null,
        is_operator boolean not null,
        created_at timestamptz not null);
      create unique index account_email on account (email);

      create table session (
        id uuid constraint session_pkey primary key,
        token_hash bytea not null,
        account_id uuid not null constraint session_account_fk references account (id) on delete cascade,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        expires_at timestamptz not null);
      create unique index session_token on session (token_hash);
      create index session_account on session (account_id);

      create table membership (
        site_id uuid not null constraint membership_site_fk references site (id) on delete cascade,
        account_id uuid not null constraint membership_account_fk references account (id) on delete cascade,
        role text not null,
        created_at timestamptz not null,
        constraint membership_pkey primary key (site_id, account_id));
      create index membership_account on membership (account_id);

      create table api_key (
        id uuid constraint api_key_pkey primary key,
        site_id uuid not null constraint api_key_site_fk references site (id) on delete cascade,
        name text not null,
        prefix text not null,
        secret_hash bytea not null,
        scopes text[] not null,
        created_at timestamptz not null,
        last_used_at timestamptz);
      create unique index api_key_prefix on api_key (prefix);
      create index api_key_site on api_key (site_id);

      create table service_secret (
        name text constraint service_secret_pkey primary key,
        value bytea not null);`);
    await queryRunner.query(protectBySite('site', 'id'));
    await queryRunner.query(protectBySite('membership'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table service_secret, api_key, membership, session, account, site');
  }
}
