import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectBySite } from '../platform/database/row-level-security.js';

/**
 * Large acts of moderators, and the comments each is about: decided batch by batch, each with its progress; and the
 * index by which the campaigns that wait on many sites are found, the fullest first. What the
 * workers' sweep looks for is small whatever the tables hold, so its indexes do not begin with the site. See decision 0026.
 */
export class LargeActs1763800019000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(JOB);
    await queryRunner.query(ITEM);
    await queryRunner.query(protectBySite('moderation_job'));
    await queryRunner.query(protectBySite('moderation_job_item'));
    await queryRunner.query('create index campaign_waiting on campaign (site_id, pending, id) where pending > 0');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index campaign_waiting');
    await queryRunner.query('drop table moderation_job_item; drop table moderation_job');
  }
}

const JOB = `
  create table moderation_job (
    site_id uuid not null constraint moderation_job_site_fk references site (id) on delete cascade,
    id uuid not null,
    action text not null,
    filter jsonb not null,
    reason text,
    undoes uuid,
    by_kind text not null,
    by_id uuid not null,
    by_name text not null,
    at timestamptz not null,
    until_seq bigint not null,
    state text not null,
    turn integer not null default 0,
    faults integer not null default 0,
    gathered integer not null default 0,
    gathered_to text[],
    is_gathered boolean not null default false,
    done integer not null default 0,
    moved integer not null default 0,
    in_force integer not null default 0,
    refused integer not null default 0,
    failure text,
    next_sweep_at timestamptz not null,
    finished_at timestamptz,
    keeps_results boolean not null default true,
    constraint moderation_job_pkey primary key (site_id, id));
  create index moderation_job_unfinished on moderation_job (next_sweep_at) where finished_at is null;
  create index moderation_job_results on moderation_job (finished_at) where keeps_results;
  create index moderation_job_retention on moderation_job (finished_at) where not keeps_results;`;

const ITEM = `
  create table moderation_job_item (
    site_id uuid not null,
    job_id uuid not null,
    place integer not null,
    comment_id uuid not null,
    version integer not null,
    outcome text,
    status text,
    version_after integer,
    constraint moderation_job_item_pkey primary key (site_id, job_id, place),
    constraint moderation_job_item_job_fk foreign key (site_id, job_id) references moderation_job (site_id, id)
      on delete cascade);`;
