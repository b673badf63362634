import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Role } from '../platform/http/access.js';
import { newId, type AccountId, type SessionId, type SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Account } from './account.entity.js';
import type { Person } from './caller.js';
import { verifyPassword } from './password.js';
import { Session } from './session.entity.js';

const TOKEN_BYTES = 32;
const DAY_MS = 86_400_000;
/** A session ends after this long, and after two weeks without use. */
const ABSOLUTE_DAYS = 60;
const IDLE_DAYS = 14;
/** `lastSeenAt` is written at most this often. */
const SEEN_EVERY_MS = 60_000;

interface SessionRow {
  readonly sessionId: SessionId;
  readonly accountId: AccountId;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly email: string;
  readonly name: string;
  readonly isOperator: boolean;
}

/** Opaque sessions: 256 random bits in a cookie, their SHA-256 in PostgreSQL, so that ending one ends it everywhere. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the cookie's value
   * @throws Problem `wrong-credentials`, alike for an unknown address and a wrong password
   */
  async open(email: string, password: string): Promise<string> {
    const account = await this.database.global.findOneBy(Account, { email: email.trim().toLowerCase() });
    const matches = await verifyPassword(account?.passwordHash ?? null, password);
    if (!account || !matches) throw new Problem('wrong-credentials');
    const token = randomBytes(TOKEN_BYTES);
    const now = this.clock.now();
    await this.database.global.insert(Session, {
      id: newId<SessionId>(),
      tokenHash: hash(token),
      accountId: account.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + ABSOLUTE_DAYS * DAY_MS),
    });
    return token.toString('base64url');
  }

  /** Who holds this cookie, or null when the session is over. */
  async find(cookie: string): Promise<Person | null> {
    const rows: SessionRow[] = await this.database.global.query(
      `select s.id as "sessionId", s.account_id as "accountId", s.last_seen_at as "lastSeenAt",
              s.expires_at as "expiresAt", a.email, a.name, a.is_operator as "isOperator"
         from session s join account a on a.id = s.account_id where s.token_hash = $1`,
      [hash(Buffer.from(cookie, 'base64url'))],
    );
    const row = rows[0];
    const now = this.clock.now().getTime();
    if (!row || row.expiresAt.getTime() <= now || row.lastSeenAt.getTime() + IDLE_DAYS * DAY_MS <= now) return null;
    if (now - row.lastSeenAt.getTime() > SEEN_EVERY_MS) {
      await this.database.global.update(Session, { id: row.sessionId }, { lastSeenAt: new Date(now) });
    }
    const { sessionId, accountId, email, name, isOperator } = row;
    const memberships = await this.#memberships(accountId);
    return { kind: 'person', sessionId, accountId, email, name, isOperator, memberships };
  }

  async close(id: SessionId): Promise<void> {
    await this.database.global.delete(Session, { id });
  }

  async #memberships(account: AccountId): Promise<Person['memberships']> {
    const rows: { key: string; siteId: SiteId; role: Role }[] = await this.database.acrossSites(
      'load the memberships of a session',
      (manager) =>
        manager.query(
          `select s.key, m.site_id as "siteId", m.role from membership m join site s on s.id = m.site_id
            where m.account_id = $1`,
          [account],
        ),
    );
    return new Map(rows.map(({ key, siteId, role }) => [key, { siteId, role }]));
  }
}

function hash(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest();
}
