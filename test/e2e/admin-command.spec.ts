import { PassThrough } from 'node:stream';
import { runWinnow } from '../../src/cli/run-winnow.js';
import { accept, clientOf } from '../support/links.js';
import { expectProblem } from '../support/problems.js';
import { makeAccount } from '../support/test-accounts.js';
import { OPERATOR, startTestService, testEnvironment, type TestService } from '../support/test-service.js';

/* `winnow admin` beside a running service, on its database. */

const PASSWORD = 'a good password';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let service: TestService;

beforeAll(async () => {
  service = await startTestService({ ROLE: 'web' });
});

afterAll(() => service.close());

async function admin(args: readonly string[], more: Record<string, string> = {}): Promise<Ran> {
  const out = new PassThrough();
  const err = new PassThrough();
  const environment = { ...testEnvironment(service.database), PUBLIC_URL: 'https://comments.example', ...more };
  const interrupted = new AbortController().signal;
  const code = await runWinnow(['admin', ...args], { in: new PassThrough(), out, err, environment, interrupted });
  const read = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: read(out), err: read(err) };
}

/** The secret of the link it printed. */
function printedToken({ out }: Ran, page: 'invitations' | 'password-resets'): string {
  const found = new RegExp(`^https://comments\\.example/desk/${page}/([\\w-]{43})\n`).exec(out);
  return found?.[1] ?? '';
}

describe('winnow admin', () => {
  it('invites an operator', async () => {
    const ran = await admin(['invite', 'op@admin.test', '--operator']);
    expect({ code: ran.code, err: ran.err }).toEqual({ code: 0, err: '' });
    expect(ran.out).toMatch(/\nIt works once, until \d{4}-\d\d-\d\d \d\d:\d\d UTC, and is shown only now\.\n$/);
    const body = { name: 'Op', password: PASSWORD };
    const accepted = await accept(service.anonymous, printedToken(ran, 'invitations'), body);
    expect(accepted.body).toMatchObject({ account: { email: 'op@admin.test', isOperator: true } });
    const again = await admin(['invite', 'OP@admin.test', '--operator']);
    expect(again).toEqual({ code: 1, out: '', err: 'winnow: OP@admin.test is that already.\n' });
  });

  it('invites somebody to a site', async () => {
    const ran = await admin(['invite', 'mod@admin.test', '--site', 'demo', '--role', 'moderator']);
    expect(ran.code).toBe(0);
    const body = { name: 'Mod', password: PASSWORD };
    const accepted = await accept(service.anonymous, printedToken(ran, 'invitations'), body);
    expect(accepted.body).toMatchObject({ sites: [{ key: 'demo', role: 'moderator' }] });
  });

  it('lets back in who forgot the password', async () => {
    await makeAccount(service, 'forgot@admin.test', {}, 'forgotten for good');
    const ran = await admin(['reset-password', ' Forgot@admin.test']);
    expect(ran.code).toBe(0);
    const token = printedToken(ran, 'password-resets');
    const answer = await service.anonymous.post(`/v1/password-resets/${token}`, { password: PASSWORD });
    expect(answer.status).toBe(201);
    expect((await clientOf(service, answer).get('/v1/account')).body).toMatchObject({ email: 'forgot@admin.test' });
    const old = { email: 'forgot@admin.test', password: 'forgotten for good' };
    expectProblem(await service.anonymous.post('/v1/session', old), 401, 'wrong-credentials');
  });

  it('lists every account with what it is, and no secret', async () => {
    await makeAccount(service, 'lists@admin.test', { demo: 'viewer' });
    await makeAccount(service, 'nothing@admin.test');
    const { code, out, err } = await admin(['list']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        `${OPERATOR.email}\tOperator\toperator`,
        'lists@admin.test\tlists@admin.test\tdemo (viewer)',
        'nothing@admin.test\tnothing@admin.test\tnothing',
      ]),
    );
    expect(out).not.toContain('argon2');
  });

  it('says that a link leads to this machine only, where nobody said how the world reaches it', async () => {
    const { code, out, err } = await admin(['invite', 'here@admin.test', '--operator'], {
      PUBLIC_URL: '',
      PORT: '3000',
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^http:\/\/localhost:3000\/desk\/invitations\//);
    expect(err).toBe('PUBLIC_URL is not set, so the link works on this machine only.\n');
  });

  it.each([
    [['invite', 'a@admin.test', '--site', 'nowhere', '--role', 'owner'], 'There is no site "nowhere".'],
    [['reset-password', 'nobody@admin.test'], 'There is no account of nobody@admin.test.'],
    [['invite', 'nobody', '--operator'], 'There is no @ in the address; write it as name@example.org.'],
  ])('%j is refused in one sentence', async (args, sentence) => {
    expect(await admin(args)).toEqual({ code: 1, out: '', err: `winnow: ${sentence}\n` });
  });

  it('explains a start that cannot succeed in the words of the service', async () => {
    const wrong = await admin(['list'], { PORT: 'x' });
    expect(wrong).toEqual({ code: 1, out: '', err: 'winnow: PORT must be a number.\n' });
    const away = await admin(['list'], { DATABASE_URL: 'postgres://app@127.0.0.1:1/winnow' });
    expect(away).toMatchObject({ code: 1, out: '' });
    expect(away.err).toMatch(/^winnow: The database of DATABASE_URL cannot be reached/);
    expect(away.err).not.toContain('    at ');
  });
});
