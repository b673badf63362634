import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { Not } from 'typeorm';
import { Batcher } from '../platform/batcher.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Role } from '../platform/http/access.js';
import { newId, type AccountId, type SessionId, type SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';
import type { Person } from './caller.js';
import { checkCredentials, type ProvenAccount } from './credentials.js';
import { readPage, type Page, type PageAsked } from './page.js';
import { Session } from './session.entity.js';

const TOKEN_BYTES = 32;
const DAY_MS = 86_400_000;
/** A session ends after sixty days, and after two weeks without use. */
const ABSOLUTE_MS = 60 * DAY_MS;
export const IDLE_MS = 14 * DAY_MS;
/** `lastSeenAt` is written at most this often. */
const SEEN_EVERY_MS = 60_000;

interface SessionRow {
  readonly tokenHash: Buffer;
  readonly sessionId: SessionId;
  readonly accountId: AccountId;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly email: string;
  readonly name: string;
  readonly isOperator: boolean;
  readonly memberships: readonly { readonly key: string; readonly siteId: SiteId; readonly role: Role }[];
}

/** In one way to PostgreSQL and back: every request of the desk begins with it. */
const FIND_SESSIONS = `
  select s.token_hash as "tokenHash", s.id as "sessionId", s.account_id as "accountId", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
         a.email, a.name, a.is_operator as "isOperator",
         (select coalesce(json_agg(json_build_object('key', w.key, 'siteId', w.id, 'role', m.role)), '[]')
            from membership m join site w on w.id = m.site_id where m.account_id = a.id) as memberships
    from session s join account a on a.id = s.account_id where s.token_hash = any ($1::bytea[])`;

/** Opaque sessions: 256 random bits in a cookie, their SHA-256 in PostgreSQL, so that ending one ends it everywhere. */
@Injectable()
export class Sessions {
  readonly #lookUps = new Batcher<Buffer, SessionRow | null>({
    run: (tokenHashes) => this.#findRows(tokenHashes),
    isItemFault: () => false,
  });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly secrets: Secrets,
  ) {}

  /**
   * @returns the cookie's value
   * @throws Problem `wrong-credentials`, alike for an unknown address and a wrong password
   */
  async open(email: string, password: string, device: string | null = null): Promise<string> {
    return this.start(await checkCredentials(this.database.global, email, password), device);
  }

  /**
   * A session for somebody who has just shown who they are. The lock and the look at the hash see to it that no session
   * of the old password begins while a reset ends them all.
   * @returns the cookie's value
   * @throws Problem `wrong-credentials` when the password was changed meanwhile
   */
  async start({ id, passwordHash }: ProvenAccount, device: string | null): Promise<string> {
    const token = randomBytes(TOKEN_BYTES);
    const now = this.clock.now();
    const made: unknown[] = await this.database.global.query(
      `insert into session (id, token_hash, account_id, created_at, last_seen_at, expires_at, device)
       select $1::uuid, $2::bytea, a.id, $3::timestamptz, $3::timestamptz, $4::timestamptz, $5::text
         from (select id from account where id = $6 and password_hash = $7 for share) a
       returning id`,
      [newId<SessionId>(), hash(token), now, new Date(now.getTime() + ABSOLUTE_MS), device, id, passwordHash],
    );
    if (made.length === 0) throw new Problem('wrong-credentials');
    return token.toString('base64url');
  }

  /** Who holds this cookie, or null when the session is over. Those that arrive together share a look-up. */
  async find(cookie: string): Promise<Person | null> {
    const row = await this.#lookUps.submit(hash(Buffer.from(cookie, 'base64url')));
    const now = this.clock.now().getTime();
    if (!row || row.expiresAt.getTime() <= now || row.lastSeenAt.getTime() + IDLE_MS <= now) return null;
    if (now - row.lastSeenAt.getTime() > SEEN_EVERY_MS) {
      // A note only: a database that takes no writes at the moment still answers who reads.
      const seen = this.database.global.update(Session, { id: row.sessionId }, { lastSeenAt: new Date(now) });
      await seen.catch(() => undefined);
    }
    const { sessionId, accountId, email, name, isOperator } = row;
    const memberships = new Map(row.memberships.map(({ key, siteId, role }) => [key, { siteId, role }]));
    return { kind: 'person', sessionId, accountId, email, name, isOperator, memberships };
  }

  async close(id: SessionId): Promise<void> {
    await this.database.global.delete(Session, { id });
  }

  /** The sessions of an account that are still open, oldest first. */
  list(accountId: AccountId, asked: PageAsked): Promise<Page<Session>> {
    const now = this.clock.now();
    const read = (after: string, most: number): Promise<Session[]> =>
      this.database.global
        .createQueryBuilder(Session, 's')
        .where('s.account_id = :accountId and s.id > :after', { accountId, after })
        .andWhere('s.expires_at > :now and s.last_seen_at > :idle', { now, idle: new Date(now.getTime() - IDLE_MS) })
        .orderBy('s.id')
        .limit(most)
        .getMany();
    return readPage(this.secrets, ['sessions', accountId], asked, read, ({ id }) => id);
  }

  /**
   * Ends one session of an account.
   * @throws Problem `session-not-found`
   */
  async revoke(accountId: AccountId, id: SessionId): Promise<void> {
    const { affected } = await this.database.global.delete(Session, { accountId, id });
    if (!affected) throw new Problem('session-not-found');
  }

  /** Ends all sessions of an account but one. */
  async revokeOthers(accountId: AccountId, kept: SessionId): Promise<void> {
    await this.database.global.delete(Session, { accountId, id: Not(kept) });
  }

  async #findRows(tokenHashes: readonly Buffer[]): Promise<(SessionRow | null)[]> {
    const found = await this.database.acrossSitesAtOnce<SessionRow>('load the memberships of a session', {
      name: 'find-sessions',
      text: FIND_SESSIONS,
      values: [tokenHashes],
      rows: tokenHashes.length,
    });
    const byHash = new Map(found.map((row) => [row.tokenHash.toString('hex'), row]));
    return tokenHashes.map((tokenHash) => byHash.get(tokenHash.toString('hex')) ?? null);
  }
}

function hash(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest();
}
