import { createHmac, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { DataSource } from 'typeorm';

const NAME = 'service';
const SIGNATURE_BYTES = 16;

/**
 * Signs what leaves the service and must come back unchanged: receipts, cursors, form tokens. Each purpose has its own
 * key, derived from the one secret, so that a signature for one never passes for another.
 */
export class Secrets {
  readonly #keys = new Map<string, KeyObject>();

  constructor(private readonly secret: Buffer) {}

  /** 128 bits of HMAC-SHA-256. */
  sign(purpose: string, data: Buffer | string): Buffer {
    let key = this.#keys.get(purpose);
    if (!key) {
      key = createSecretKey(createHmac('sha256', this.secret).update(purpose).digest());
      this.#keys.set(purpose, key);
    }
    return createHmac('sha256', key).update(data).digest().subarray(0, SIGNATURE_BYTES);
  }

  verify(purpose: string, data: Buffer | string, signature: Buffer): boolean {
    return signature.length === SIGNATURE_BYTES && timingSafeEqual(this.sign(purpose, data), signature);
  }
}

/** The operator's secret, or one made once and kept in PostgreSQL so that all processes share it. */
export async function loadSecrets(dataSource: DataSource, secretKey: string): Promise<Secrets> {
  if (secretKey) return new Secrets(Buffer.from(secretKey));
  await dataSource.query('insert into service_secret (name, value) values ($1, $2) on conflict do nothing', [
    NAME,
    randomBytes(32),
  ]);
  const rows: { value: Buffer }[] = await dataSource.query('select value from service_secret where name = $1', [NAME]);
  const row = rows[0];
  if (!row) throw new Error('The service secret cannot be read from the database.');
  return new Secrets(row.value);
}
