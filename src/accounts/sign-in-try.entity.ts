import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How often somebody was wrong lately, for all processes together; see sign-in-limit.ts. */
@Entity('sign_in_try')
@Index('sign_in_try_end', ['endsAt'])
export class SignInTry {
  /** A keyed digest of who tries what: neither an address of a machine nor of a person stands here. */
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'sign_in_try_pkey' })
  key!: Buffer;

  @Column({ type: 'integer' })
  tries!: number;

  @Column({ type: 'timestamptz' })
  endsAt!: Date;
}
