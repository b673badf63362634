import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Secrets all processes share. They live here and not on one machine's disk. */
@Entity('service_secret')
export class ServiceSecret {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'service_secret_pkey' })
  name!: string;

  @Column({ type: 'bytea' })
  value!: Buffer;
}
