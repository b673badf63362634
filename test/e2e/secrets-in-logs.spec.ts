import { Writable } from 'node:stream';
import { pino } from 'pino';
import { readSettings } from '../../src/platform/config/read-settings.js';
import { startService, type RunningService } from '../../src/start.js';
import { tokenOf } from '../support/links.js';
import { expectProblem } from '../support/problems.js';
import { asSuperuser } from '../support/test-accounts.js';
import { TestClient } from '../support/test-client.js';
import { openTestDatabase } from '../support/test-database.js';
import { OPERATOR, testEnvironment, type TestService } from '../support/test-service.js';

const PASSWORD = 'a good password';

describe('a log of everything', () => {
  it('holds no token, no password, no cookie and no address', async () => {
    const database = await openTestDatabase();
    let log = '';
    const stream = new Writable({
      write: (text: Buffer, _, done) => {
        log += text.toString();
        done();
      },
    });
    let running: RunningService | undefined;
    try {
      running = await startService(
        readSettings({ ...testEnvironment(database), ROLE: 'web' }),
        pino({ level: 'trace' }, stream),
      );
      const anonymous = new TestClient(running.url ?? '');
      const operator = await anonymous.signIn(OPERATOR.email, OPERATOR.password);
      const invited = await operator.post<{ url: string }>('/v1/sites/demo/invitations', {
        email: 'canary@guessing.test',
        role: 'owner',
      });
      const invitation = tokenOf(invited.body);
      await anonymous.get(`/v1/invitations/${invitation}`);
      await anonymous.get(`/desk/invitations/${invitation}`);
      const joined = await anonymous.post<{ account: { id: string } }>(`/v1/invitations/${invitation}/acceptance`, {
        name: 'Canary',
        password: PASSWORD,
      });
      const made = await operator.post<{ url: string }>(`/v1/accounts/${joined.body.account.id}/password-resets`);
      const reset = tokenOf(made.body);
      await anonymous.get(`/desk/password-resets/${reset}`);
      // A fault of ours is logged with its stack: nothing of the request may be in it.
      await asSuperuser({ database } as TestService, 'alter table password_reset rename to gone');
      expectProblem(await anonymous.get(`/v1/password-resets/${reset}`), 500, 'internal');
      await asSuperuser({ database } as TestService, 'alter table gone rename to password_reset');
      const done = await anonymous.post(`/v1/password-resets/${reset}`, { password: 'another password' });
      expect(done.status).toBe(201);
      const cookie = done.headers.getSetCookie()[0]?.split(/[=;]/)[1] ?? '';
      expect(log).toContain('v1/password-resets/:token');
      for (const page of ['/desk/invitations/:token', '/desk/password-resets/:token']) expect(log).toContain(page);
      expect(log).toContain('"problem":"internal"');
      for (const secret of [invitation, reset, cookie, PASSWORD, 'another password', 'canary', 'Canary']) {
        expect(secret).not.toBe('');
        expect(log).not.toContain(secret);
      }
    } finally {
      await running?.stop();
      await database.close();
    }
  });
});
