import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Scope } from '../platform/http/access.js';
import { newId, type ApiKeyId, type SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Batcher } from '../platform/batcher.js';
import { ApiKey } from './api-key.entity.js';
import type { Program } from './caller.js';
import { recordAct, type Doer } from './record-act.js';

const PREFIX_BYTES = 6;
const SECRET_BYTES = 32;
/** `wnw_<prefix>_<secret>`: recognisable to secret scanners, found by its prefix. */
const KEY = /^wnw_([0-9a-f]{12})_([0-9a-f]{64})$/;
const USED_EVERY_MS = 60_000;
const MOST_TOUCHED = 10_000;
/** What a secret is compared with where no key has its prefix, so that the answer takes as long. */
const NOBODY = Buffer.alloc(32);

interface KeyRow {
  readonly id: ApiKeyId;
  readonly prefix: string;
  readonly name: string;
  readonly siteId: SiteId;
  readonly siteKey: string;
  readonly secretHash: Buffer;
  readonly scopes: readonly Scope[];
  readonly lastUsedAt: Date | null;
}

export type NewApiKey = Pick<ApiKey, 'id' | 'name' | 'scopes' | 'createdAt'> & { readonly key: string };

@Injectable()
export class ApiKeys {
  readonly #lookUps = new Batcher<string, KeyRow | null>({
    run: (prefixes) => this.#findRows(prefixes),
    isItemFault: () => false,
  });
  /** So that many requests at once do not wait for each other to write the same. */
  readonly #touched = new LRUCache<ApiKeyId, number>({ max: MOST_TOUCHED });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Makes a key. What it returns is the only time the key is seen. */
  async make(siteId: SiteId, name: string, scopes: readonly Scope[], by: Doer): Promise<NewApiKey> {
    const prefix = randomBytes(PREFIX_BYTES).toString('hex');
    const secret = randomBytes(SECRET_BYTES).toString('hex');
    const id = newId<ApiKeyId>();
    const createdAt = this.clock.now();
    const row = {
      id,
      siteId,
      name,
      prefix,
      secretHash: hash(secret),
      scopes: [...scopes],
      createdAt,
      lastUsedAt: null,
    };
    await this.database.inSite(siteId, async (manager) => {
      await manager.insert(ApiKey, row);
      await recordAct(manager, siteId, by, { action: 'api-key-made', subject: name, detail: { scopes: row.scopes } });
    });
    return { id, name, scopes: row.scopes, createdAt, key: `wnw_${prefix}_${secret}` };
  }

  list(siteId: SiteId): Promise<ApiKey[]> {
    return this.database.global.find(ApiKey, { where: { siteId }, order: { id: 'asc' } });
  }

  /** @throws Problem `api-key-not-found` */
  async revoke(siteId: SiteId, id: ApiKeyId, by: Doer): Promise<void> {
    await this.database.inSite(siteId, async (manager) => {
      const key = await manager.findOneBy(ApiKey, { siteId, id });
      const { affected } = await manager.delete(ApiKey, { siteId, id });
      if (!key || !affected) throw new Problem('api-key-not-found');
      await recordAct(manager, siteId, by, { action: 'api-key-revoked', subject: key.name });
    });
  }

  /**
   * Whose key this is, or null. Looked up by its prefix, compared in constant time. Nothing is remembered, so a key that
   * is revoked opens nothing from that moment; a program that sends much at once shares its look-ups.
   */
  async find(key: string): Promise<Program | null> {
    const [, prefix, secret] = KEY.exec(key) ?? [];
    if (!prefix || !secret) return null;
    const row = await this.#lookUps.submit(prefix);
    const isRight = timingSafeEqual(row?.secretHash ?? NOBODY, hash(secret));
    if (!row || !isRight) return null;
    // A note only: a database that takes no writes at the moment still answers who reads.
    await this.#touch(row).catch(() => undefined);
    const { id, name, siteId, siteKey, scopes } = row;
    return { kind: 'program', apiKeyId: id, name, siteId, siteKey, scopes };
  }

  async #findRows(prefixes: readonly string[]): Promise<(KeyRow | null)[]> {
    const rows: KeyRow[] = await this.database.acrossSites('find a site by its key', (manager) =>
      manager.query(
        `select k.id, k.prefix, k.name, k.site_id as "siteId", s.key as "siteKey", k.secret_hash as "secretHash",
                k.scopes, k.last_used_at as "lastUsedAt"
           from api_key k join site s on s.id = k.site_id where k.prefix = any($1)`,
        [prefixes],
      ),
    );
    const byPrefix = new Map(rows.map((row) => [row.prefix, row]));
    return prefixes.map((prefix) => byPrefix.get(prefix) ?? null);
  }

  async #touch({ id, lastUsedAt }: KeyRow): Promise<void> {
    const now = this.clock.now();
    const usedAt = Math.max(lastUsedAt?.getTime() ?? 0, this.#touched.get(id) ?? 0);
    if (now.getTime() - usedAt < USED_EVERY_MS) return;
    this.#touched.set(id, now.getTime());
    await this.database.global.update(ApiKey, { id }, { lastUsedAt: now });
  }
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
