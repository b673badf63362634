import { jest } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { Account } from '../../src/accounts/account.entity.js';
import { ApiKeys } from '../../src/accounts/api-keys.js';
import { AdminPasswordFault, FirstOperatorAccount } from '../../src/accounts/first-operator.js';
import { hashPassword } from '../../src/accounts/password.js';
import type { Doer } from '../../src/accounts/record-act.js';
import { Sessions } from '../../src/accounts/sessions.js';
import { readSettings } from '../../src/platform/config/read-settings.js';
import { newId, type AccountId, type ApiKeyId } from '../../src/platform/ids.js';
import { Secrets } from '../../src/platform/signing/secrets.js';
import { SetClock, TestStage } from '../support/test-stage.js';
import { startTestService } from '../support/test-service.js';

const DAY_MS = 86_400_000;
const PASSWORD = 'correct horse battery';

const GRACE: Doer = { kind: 'person', accountId: newId<AccountId>(), name: 'Grace' };

describe('accounts', () => {
  let stage: TestStage;
  let clock: SetClock;
  let sessions: Sessions;
  let apiKeys: ApiKeys;

  beforeAll(async () => {
    stage = await TestStage.open();
    await stage.database.global.insert(Account, {
      id: newId<AccountId>(),
      email: 'owner@blog.example',
      name: 'Owner',
      passwordHash: await hashPassword(PASSWORD),
      isOperator: false,
      createdAt: new Date(),
    });
  });

  afterAll(() => stage.close());

  beforeEach(() => {
    clock = new SetClock();
    sessions = new Sessions(stage.database, clock, new Secrets(Buffer.alloc(32)));
    apiKeys = new ApiKeys(stage.database, clock);
  });

  const open = (): Promise<string> => sessions.open('owner@blog.example', PASSWORD);

  describe('a session', () => {
    it('says who it is, until it is closed, and closes no other', async () => {
      const [one, two] = [await open(), await open()];
      expect(one).not.toBe(two);
      const person = await sessions.find(one);
      expect(person).toMatchObject({ email: 'owner@blog.example', isOperator: false });
      await sessions.close(person!.sessionId);
      expect(await sessions.find(one)).toBeNull();
      expect(await sessions.find(two)).not.toBeNull();
    });

    it('is looked up together with whatever cookies arrive at once, so that a crowd of false ones holds nobody up', async () => {
      const [one, two] = [await open(), await open()];
      const asked = jest.spyOn(stage.database, 'acrossSitesAtOnce');
      const strangers = Array.from({ length: 997 }, () => randomBytes(32).toString('base64url'));
      const found = await Promise.all([one, ...strangers, two, one].map((cookie) => sessions.find(cookie)));
      const { length } = asked.mock.calls;
      asked.mockRestore();
      const ids = found.flatMap((person) => person?.sessionId ?? []);
      expect(ids).toEqual([ids[0], ids[1], ids[0]]);
      expect(new Set(ids).size).toBe(2);
      expect(length).toBeLessThan(10);
    });

    it('is kept as a hash: what the table holds opens nothing', async () => {
      const cookie = await open();
      const rows = await stage.rows<{ token_hash: Buffer }>('select token_hash from session');
      const hash = createHash('sha256').update(Buffer.from(cookie, 'base64url')).digest();
      expect(rows.some(({ token_hash }) => token_hash.equals(hash))).toBe(true);
      for (const { token_hash } of rows) {
        for (const form of ['base64url', 'hex', 'base64'] as const) {
          expect(await sessions.find(token_hash.toString(form))).toBeNull();
        }
      }
    });

    it('ends after two weeks without use', async () => {
      const cookie = await open();
      clock.passMs(13 * DAY_MS);
      expect(await sessions.find(cookie)).not.toBeNull();
      clock.passMs(13 * DAY_MS);
      expect(await sessions.find(cookie)).not.toBeNull();
      clock.passMs(14 * DAY_MS);
      expect(await sessions.find(cookie)).toBeNull();
    });

    it('ends after sixty days however much it is used', async () => {
      const cookie = await open();
      for (let day = 1; day < 60; day++) {
        clock.passMs(DAY_MS);
        expect(await sessions.find(cookie)).not.toBeNull();
      }
      clock.passMs(DAY_MS);
      expect(await sessions.find(cookie)).toBeNull();
    });

    it('ends with its account', async () => {
      const id = newId<AccountId>();
      const email = 'short@blog.example';
      const passwordHash = await hashPassword(PASSWORD);
      const row = { id, email, name: 'S', passwordHash, isOperator: true, createdAt: new Date() };
      await stage.database.global.insert(Account, row);
      const cookie = await sessions.open(email, PASSWORD);
      await stage.database.global.delete(Account, { id });
      expect(await sessions.find(cookie)).toBeNull();
    });

    it('knows a new role at the next request', async () => {
      const cookie = await open();
      const person = await sessions.find(cookie);
      const site = await stage.addSite();
      await stage.postgres.query(`insert into membership values ($1, $2, 'viewer', now())`, [
        site.id,
        person!.accountId,
      ]);
      expect((await sessions.find(cookie))?.memberships.get(site.key)).toEqual({ siteId: site.id, role: 'viewer' });
      await stage.postgres.query('delete from membership where site_id = $1', [site.id]);
      expect((await sessions.find(cookie))?.memberships.has(site.key)).toBe(false);
    });

    it.each(['', 'x', 'A'.repeat(43), '\u0000', '💥', 'A'.repeat(100_000)])('is not opened by %j', async (cookie) => {
      expect(await sessions.find(cookie)).toBeNull();
    });

    it.each([
      ['a wrong password', 'owner@blog.example', 'wrong'],
      ['an unknown address', 'nobody@blog.example', PASSWORD],
      ['no password', 'owner@blog.example', ''],
    ])('is not opened with %s, and the answer is the same', async (_, email, password) => {
      await expect(sessions.open(email, password)).rejects.toMatchObject({ code: 'wrong-credentials', extras: {} });
    });
  });

  describe('an API key', () => {
    it('finds its site and its scopes, until it is revoked', async () => {
      const site = await stage.addSite();
      const { id, key } = await apiKeys.make(site.id, 'ci', ['comments:write'], GRACE);
      expect(await apiKeys.find(key)).toMatchObject({ siteId: site.id, siteKey: site.key, scopes: ['comments:write'] });
      await apiKeys.revoke(site.id, id, GRACE);
      expect(await apiKeys.find(key)).toBeNull();
    });

    it('stands in the table as a prefix and a hash, which open nothing', async () => {
      const site = await stage.addSite();
      const { key } = await apiKeys.make(site.id, 'ci', ['site:admin'], GRACE);
      const [, , secret] = key.split('_');
      const dump = JSON.stringify(await stage.rows('select * from api_key'));
      expect(dump).not.toContain(key);
      expect(dump).not.toContain(secret);
    });

    it('is not found with another secret, another prefix, or in another shape', async () => {
      const site = await stage.addSite();
      const [one, two] = [await apiKeys.make(site.id, 'a', [], GRACE), await apiKeys.make(site.id, 'b', [], GRACE)];
      const crossed = one.key.slice(0, 16) + two.key.slice(16);
      for (const key of [crossed, one.key.slice(0, -1), `${one.key}A`, one.key.toUpperCase(), '', 'wnw__']) {
        expect(await apiKeys.find(key)).toBeNull();
      }
    });

    it('is revoked by its own site only', async () => {
      const [site, other] = [await stage.addSite(), await stage.addSite()];
      const { id, key } = await apiKeys.make(site.id, 'ci', ['site:admin'], GRACE);
      await expect(apiKeys.revoke(other.id, id, GRACE)).rejects.toMatchObject({ code: 'api-key-not-found' });
      await expect(apiKeys.revoke(site.id, newId<ApiKeyId>(), GRACE)).rejects.toMatchObject({
        code: 'api-key-not-found',
      });
      expect(await apiKeys.find(key)).not.toBeNull();
      expect(await apiKeys.list(other.id)).toEqual([]);
    });

    it('ends with its site', async () => {
      const site = await stage.addSite();
      const { key } = await apiKeys.make(site.id, 'ci', ['site:admin'], GRACE);
      await stage.postgres.query('delete from site where id = $1', [site.id]);
      expect(await apiKeys.find(key)).toBeNull();
    });

    it('notes its use to the minute', async () => {
      const site = await stage.addSite();
      const { key } = await apiKeys.make(site.id, 'ci', [], GRACE);
      const used = async (): Promise<number> => (await apiKeys.list(site.id))[0]!.lastUsedAt?.getTime() ?? 0;
      await apiKeys.find(key);
      const first = await used();
      clock.passMs(59_000);
      await apiKeys.find(key);
      expect(await used()).toBe(first);
      clock.passMs(2_000);
      await apiKeys.find(key);
      expect(await used()).toBe(first + 61_000);
    });
  });

  describe('the first operator', () => {
    const ensure = (password = ''): ReturnType<FirstOperatorAccount['ensure']> =>
      new FirstOperatorAccount(
        stage.database,
        readSettings({ ADMIN_EMAIL: 'Root@Blog.example', ADMIN_PASSWORD: password }),
        clock,
      ).ensure();

    it('is made once by processes that start together, and only the one that made it tells the password', async () => {
      await stage.postgres.query('delete from account');
      const made = (await Promise.all(Array.from({ length: 4 }, () => ensure()))).filter((one) => one !== null);
      expect(made).toHaveLength(1);
      const password = made[0]!.madePassword!;
      expect(await sessions.find(await sessions.open('root@blog.example', password))).toMatchObject({
        isOperator: true,
      });
    });

    it('is left alone where there is an account already, with its password', async () => {
      await stage.postgres.query('delete from account');
      await ensure(PASSWORD);
      expect(await ensure('another password')).toBeNull();
      await expect(sessions.open('root@blog.example', PASSWORD)).resolves.toEqual(expect.any(String));
      // Whoever has an account already has changed the password since, or would not get in: no start ends for it.
      expect(await ensure('password')).toBeNull();
    });

    it.each([
      ['Football', /^ADMIN_PASSWORD is no password to begin with: Many people use this password, .*few words/],
      ['🦔🦔🦔🦔', /^ADMIN_PASSWORD is no password to begin with: Write 8 to 256 characters\.$/],
      ['x'.repeat(257), /^ADMIN_PASSWORD is no password to begin with: Write 8 to 256 characters\.$/],
    ])('is not made with a password that nobody else may have: %s', async (password, sentence) => {
      await stage.postgres.query('delete from account');
      const refusal = ensure(password);
      await expect(refusal).rejects.toBeInstanceOf(AdminPasswordFault);
      await expect(refusal).rejects.toThrow(sentence);
      await expect(refusal).rejects.not.toThrow(password);
      expect((await stage.postgres.query('select from account')).rowCount).toBe(0);
    });
  });
});

describe('over HTTP', () => {
  it('what was revoked or closed is 401 at the next request', async () => {
    const service = await startTestService({ ROLE: 'web' });
    try {
      const operator = await service.signIn();
      const made = await operator.post<{ id: string; key: string }>('/v1/sites/demo/api-keys', {
        name: 'ci',
        scopes: ['moderation:read'],
      });
      const program = service.anonymous.withKey(made.body.key);
      expect((await program.get('/v1/sites/demo/moderation/comments')).status).toBe(200);
      await operator.request('DELETE', `/v1/sites/demo/api-keys/${made.body.id}`);
      expect((await program.get('/v1/sites/demo/moderation/comments')).status).toBe(401);
      expect((await operator.get('/v1/session')).status).toBe(200);
      await operator.request('DELETE', '/v1/session');
      expect((await operator.get('/v1/session')).status).toBe(401);
    } finally {
      await service.close();
    }
  });

  it('a site can be used the moment its making, and its change, was answered', async () => {
    const service = await startTestService({ ROLE: 'web' });
    try {
      const operator = await service.signIn();
      const stale: string[] = [];
      for (let round = 0; round < 20; round++) {
        const key = `fresh-${round}`;
        // Somebody asked too early: that it does not exist is remembered now.
        await service.anonymous.comment(key, '/a');
        await operator.post('/v1/sites', { key, name: 'Before' });
        if ((await service.anonymous.comment(key, '/a')).status !== 202) stale.push(`${key} made`);
        await operator.request('PATCH', `/v1/sites/${key}`, { name: 'After' });
        if ((await operator.get(`/v1/sites/${key}`)).body.name !== 'After') stale.push(`${key} changed`);
      }
      expect(stale).toEqual([]);
    } finally {
      await service.close();
    }
  });
});
