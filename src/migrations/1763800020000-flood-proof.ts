import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which comments came during a flood without the proof of work that the form asked for. See decision 0025. */
export class FloodProof1763800020000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table comment add column lacks_proof boolean not null default false');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table comment drop column lacks_proof');
  }
}
