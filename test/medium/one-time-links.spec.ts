import pg from 'pg';
import { Account } from '../../src/accounts/account.entity.js';
import { forgetExpired } from '../../src/accounts/expiry.js';
import { Invitations } from '../../src/accounts/invitations.js';
import { hashPassword } from '../../src/accounts/password.js';
import { PasswordResets } from '../../src/accounts/password-resets.js';
import { Sessions } from '../../src/accounts/sessions.js';
import { SignInLimit } from '../../src/accounts/sign-in-limit.js';
import { SiteInvitations } from '../../src/accounts/site-invitations.js';
import { PublicAddress } from '../../src/platform/http/public-address.js';
import { newId, type AccountId } from '../../src/platform/ids.js';
import { Problem } from '../../src/platform/problem/problem.js';
import { Secrets } from '../../src/platform/signing/secrets.js';
import { SetClock, TestStage } from '../support/test-stage.js';
import { waitUntil } from '../support/wait-until.js';

const DAY_MS = 86_400_000;
const OLD = 'the old password';
const NEW = 'the new password';
const ADDRESS = new PublicAddress('https://comments.example/');
const SECRETS = new Secrets(Buffer.alloc(32, 7));
const VISITOR = { client: '203.0.113.7', person: null };

let stage: TestStage;
let clock: SetClock;
let sessions: Sessions;
let resets: PasswordResets;
let inviting: SiteInvitations;
let invitations: Invitations;
let serial = 0;

beforeAll(async () => {
  stage = await TestStage.open();
});

afterAll(() => stage.close());

beforeEach(() => {
  clock = new SetClock();
  const limit = new SignInLimit(stage.database, clock, SECRETS);
  sessions = new Sessions(stage.database, clock, SECRETS);
  resets = new PasswordResets(stage.database, clock, ADDRESS, limit);
  inviting = new SiteInvitations(stage.database, clock, ADDRESS, SECRETS);
  invitations = new Invitations(stage.database, clock, limit);
});

async function addAccount(): Promise<{ id: AccountId; email: string }> {
  const email = `person${++serial}@links.test`;
  const row = { id: newId<AccountId>(), email, name: 'P', passwordHash: await hashPassword(OLD), isOperator: false };
  await stage.database.global.insert(Account, { ...row, createdAt: clock.now() });
  return row;
}

function tokenOf({ url }: { url: string }): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'done';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const count = async (table: string): Promise<number> =>
  (await stage.one<{ count: number }>(`select count(*)::int from ${table}`)).count;

describe('a reset', () => {
  it('lives a day', async () => {
    const { id } = await addAccount();
    const token = tokenOf(await resets.make(id));
    clock.passMs(DAY_MS - 1);
    expect(await codeOf(resets.look(token, VISITOR.client))).toBe('done');
    clock.passMs(1);
    expect(await codeOf(resets.look(token, VISITOR.client))).toBe('password-reset-not-found');
    expect(await codeOf(resets.accept(token, NEW, VISITOR.client))).toBe('password-reset-not-found');
  });

  it('leaves no session of the old password, however many begin at that moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, email } = await addAccount();
      const token = tokenOf(await resets.make(id));
      const cookies: string[] = [];
      const open = async (): Promise<void> => {
        const cookie = await sessions.open(email, OLD).catch(() => null);
        if (cookie) cookies.push(cookie);
      };
      await Promise.all([resets.accept(token, NEW, VISITOR.client), ...Array.from({ length: 6 }, open)]);
      expect(await Promise.all(cookies.map((cookie) => sessions.find(cookie)))).toEqual(cookies.map(() => null));
    }
  });

  it('that is not committed yet holds up who signs in with the old password, and then refuses them', async () => {
    const { id } = await addAccount();
    const { passwordHash } = await stage.database.global.findOneByOrFail(Account, { id });
    const resetting = new pg.Client({ connectionString: stage.files.urls.postgres });
    await resetting.connect();
    try {
      await resetting.query('begin');
      await resetting.query(`update account set password_hash = 'new' where id = $1`, [id]);
      const opening = codeOf(sessions.start({ id, passwordHash }, null));
      await waitUntil(
        async () => (await stage.rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)).length > 0,
        'the sign-in waits for the reset',
      );
      await resetting.query('commit');
      expect(await opening).toBe('wrong-credentials');
    } finally {
      await resetting.end();
    }
  });
});

describe('an invitation', () => {
  it('lives a week', async () => {
    const site = await stage.addSite();
    const token = tokenOf(await inviting.make(site.id, 'week@links.test', 'viewer', null));
    clock.passMs(7 * DAY_MS - 1);
    expect(await codeOf(invitations.look(token, VISITOR.client))).toBe('done');
    clock.passMs(1);
    expect(await codeOf(invitations.look(token, VISITOR.client))).toBe('invitation-not-found');
    expect((await inviting.list(site.id, { limit: 10, cursor: null })).items).toEqual([]);
  });

  it('of two for the same new address at once makes one account; the other asks for its password', async () => {
    const [one, two] = [await stage.addSite(), await stage.addSite()];
    const tokens = [
      tokenOf(await inviting.make(one.id, 'both@links.test', 'owner', null)),
      tokenOf(await inviting.make(two.id, 'both@links.test', 'owner', null)),
    ];
    // Each with a password of its own: the later of the two is refused, however far apart they come.
    const passwords = [`${NEW} one`, `${NEW} two`];
    const codes = await Promise.all(
      tokens.map((token, at) =>
        codeOf(invitations.accept(token, { name: 'Both', password: passwords[at] ?? '' }, VISITOR)),
      ),
    );
    const [first, later] = codes[0] === 'done' ? [0, 1] : [1, 0];
    expect(codes[first]).toBe('done');
    expect(codes[later]).not.toBe('done');
    const answer = { password: passwords[first] ?? '' };
    expect(await codeOf(invitations.accept(tokens[later] ?? '', answer, VISITOR))).toBe('done');
    expect(await count(`membership m join account a on a.id = m.account_id where a.email = 'both@links.test'`)).toBe(2);
  });

  it('is replaced by another for the same address even when both are made at once', async () => {
    const site = await stage.addSite();
    const made = await Promise.all(
      Array.from({ length: 5 }, () => inviting.make(site.id, 'often@links.test', 'viewer', null)),
    );
    const codes = await Promise.all(made.map((link) => codeOf(invitations.look(tokenOf(link), VISITOR.client))));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
  });
});

describe('what is over', () => {
  const TABLES = ['session', 'invitation', 'operator_invitation', 'password_reset', 'sign_in_try'];

  const counts = async (): Promise<number[]> => {
    const found: number[] = [];
    for (const table of TABLES) found.push(await count(table));
    return found;
  };

  const forget = (most: number): Promise<number> =>
    stage.database.acrossSites('sweep', (manager) => forgetExpired(manager, clock.now(), most));

  it('is deleted a few at a time, and what is still open stays', async () => {
    for (const table of TABLES) await stage.postgres.query(`delete from ${table}`);
    const site = await stage.addSite();
    const fill = async (): Promise<void> => {
      const { id, email } = await addAccount();
      await sessions.open(email, OLD);
      await inviting.make(site.id, `new${serial}@links.test`, 'viewer', null);
      await stage.postgres.query('insert into operator_invitation values ($1, $2, sha256($3), now(), $4)', [
        id,
        email,
        Buffer.from(email),
        new Date(clock.now().getTime() + DAY_MS),
      ]);
      await resets.make(id);
      await codeOf(resets.look('A'.repeat(43), `203.0.113.${serial}`));
    };
    for (let n = 0; n < 5; n++) await fill();
    // Seven days end an invitation, and fourteen without use a session.
    clock.passMs(15 * DAY_MS);
    await fill();
    expect(await forget(4)).toBe(4);
    expect(await counts()).toEqual([2, 2, 2, 2, 2]);
    expect(await forget(4)).toBe(1);
    expect(await forget(4)).toBe(0);
    expect(await counts()).toEqual([1, 1, 1, 1, 1]);
  });

  it('of a session that is used ends after sixty days all the same', async () => {
    const { email } = await addAccount();
    const cookie = await sessions.open(email, OLD);
    const before = await count('session');
    for (let day = 0; day < 60; day++) {
      clock.passMs(DAY_MS);
      await sessions.find(cookie);
    }
    await forget(100);
    expect(await count('session')).toBeLessThan(before);
  });
});
