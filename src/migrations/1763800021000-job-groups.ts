import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A large act over several sites is a group of jobs, one on each. See decision 0026. */
export class JobGroups1763800021000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table moderation_job add column group_id uuid');
    await queryRunner.query(
      'create index moderation_job_group on moderation_job (group_id, site_id) where group_id is not null',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index moderation_job_group');
    await queryRunner.query('alter table moderation_job drop column group_id');
  }
}
