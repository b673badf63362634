import { SignInLimit } from '../../src/accounts/sign-in-limit.js';
import { Database } from '../../src/platform/database/database.js';
import { Problem } from '../../src/platform/problem/problem.js';
import type { ProblemCode } from '../../src/platform/problem/problem-catalogue.js';
import { Secrets } from '../../src/platform/signing/secrets.js';
import { SetClock, TestStage } from '../support/test-stage.js';

const EMAIL = 'owner@blog.example';
const MINUTE_MS = 60_000;

let stage: TestStage;
let clock: SetClock;

beforeAll(async () => {
  stage = await TestStage.open();
});

afterAll(() => stage.close());

beforeEach(async () => {
  clock = new SetClock();
  await stage.postgres.query('delete from sign_in_try');
});

/** As each process has one. */
function makeLimit(): SignInLimit {
  return new SignInLimit(new Database(stage.dataSource), clock, new Secrets(Buffer.alloc(32, 7)));
}

/** Counts how often a password is really looked at. */
class Door {
  tries = 0;

  readonly wrong = async (): Promise<never> => {
    this.tries++;
    await new Promise(setImmediate);
    throw new Problem('wrong-credentials');
  };

  readonly right = (): Promise<string> => {
    this.tries++;
    return Promise.resolve('signed in');
  };
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    return String(await attempt);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

async function fail(
  limit: SignInLimit,
  door: Door,
  times: number,
  email = EMAIL,
  client = '203.0.113.7',
): Promise<void> {
  for (let i = 0; i < times; i++) await codeOf(limit.guard(email, client, door.wrong));
}

describe('the limit of wrong tries', () => {
  it('looks at ten wrong passwords and no more', async () => {
    const limit = makeLimit();
    const door = new Door();
    await fail(limit, door, 30);
    expect(door.tries).toBe(10);
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', door.right))).toBe('too-many-requests');
  });

  // Guesses need not wait for each other: a count that is taken only afterwards lets a thousand through at once.
  it('looks at ten wrong passwords and no more when they all come at once', async () => {
    const limit = makeLimit();
    const door = new Door();
    await Promise.all(Array.from({ length: 200 }, () => codeOf(limit.guard(EMAIL, '203.0.113.7', door.wrong))));
    expect(door.tries).toBeLessThanOrEqual(10);
  });

  it('says when to come back', async () => {
    const limit = makeLimit();
    await fail(limit, new Door(), 10);
    const refused = await limit.guard(EMAIL, '203.0.113.7', new Door().right).catch((error: unknown) => error);
    const seconds = Number((refused as Problem).extras.headers?.['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  it('does not let a stranger lock the owner out', async () => {
    const limit = makeLimit();
    await fail(limit, new Door(), 50, EMAIL, '198.51.100.1');
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', new Door().right))).toBe('signed in');
  });

  it('does not count a right password, nor a fault of ours', async () => {
    const limit = makeLimit();
    const door = new Door();
    for (let i = 0; i < 40; i++) await limit.guard(EMAIL, '203.0.113.7', door.right);
    for (let i = 0; i < 40; i++) {
      await limit.guard(EMAIL, '203.0.113.7', () => Promise.reject(new Error('down'))).catch(() => undefined);
    }
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', door.right))).toBe('signed in');
  });

  it('takes an address in other letters, or with spaces, for the same account', async () => {
    const limit = makeLimit();
    await fail(limit, new Door(), 5, 'Owner@Blog.example');
    await fail(limit, new Door(), 5, ' owner@blog.example ');
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', new Door().right))).toBe('too-many-requests');
  });

  it('lets one machine try a hundred accounts wrongly and no more', async () => {
    const limit = makeLimit();
    const door = new Door();
    for (let i = 0; i < 300; i++) await fail(limit, door, 1, `person${i}@blog.example`);
    expect(door.tries).toBe(100);
  });

  it('takes the /64 that one IPv6 customer has for one machine', async () => {
    const limit = makeLimit();
    const door = new Door();
    for (let i = 0; i < 30; i++) await fail(limit, door, 1, EMAIL, `2001:db8:1:2::${i.toString(16)}`);
    expect(door.tries).toBe(10);
  });

  it('counts together what is tried at ten processes', async () => {
    const limits = Array.from({ length: 10 }, makeLimit);
    const door = new Door();
    await Promise.all(
      limits.flatMap((limit) =>
        Array.from({ length: 10 }, () => codeOf(limit.guard(EMAIL, '203.0.113.7', door.wrong))),
      ),
    );
    expect(door.tries).toBe(10);
  });

  it('does not charge the machine for what was refused to one of its accounts', async () => {
    const limit = makeLimit();
    await fail(limit, new Door(), 300);
    expect(await codeOf(limit.guard('another@blog.example', '203.0.113.7', new Door().right))).toBe('signed in');
  });

  it('opens again a quarter of an hour after the first wrong password', async () => {
    const limit = makeLimit();
    await fail(limit, new Door(), 12);
    clock.passMs(14 * MINUTE_MS);
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', new Door().right))).toBe('too-many-requests');
    clock.passMs(MINUTE_MS);
    const door = new Door();
    await fail(limit, door, 12);
    expect(door.tries).toBe(10);
  });

  it.each<ProblemCode>(['wrong-password', 'wrong-credentials'])('counts %s', async (code) => {
    const limit = makeLimit();
    for (let i = 0; i < 10; i++) {
      await codeOf(limit.guard(EMAIL, '203.0.113.7', () => Promise.reject(new Problem(code))));
    }
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', new Door().right))).toBe('too-many-requests');
  });

  it.each<ProblemCode>(['invitation-not-found', 'password-reset-not-found'])(
    'lets one machine meet %s a hundred times, and then asks neither links nor passwords of it',
    async (code) => {
      const limit = makeLimit();
      const door = new Door();
      const look = (client: string): Promise<string> => {
        return codeOf(limit.guardLink(client, () => Promise.reject(new Problem(code))));
      };
      for (let i = 0; i < 100; i++) expect(await look('203.0.113.7')).toBe(code);
      expect(await look('203.0.113.7')).toBe('too-many-requests');
      expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', door.right))).toBe('too-many-requests');
      expect(await codeOf(limit.guard(EMAIL, '203.0.113.8', door.right))).toBe('signed in');
    },
  );

  it('keeps neither the address of the person nor that of the machine', async () => {
    await fail(makeLimit(), new Door(), 3);
    const rows = await stage.rows<{ key: Buffer; tries: number }>('select key, tries from sign_in_try');
    expect(rows.map(({ tries }) => tries)).toEqual([3, 3]);
    const dump = rows.map(({ key }) => key.toString('latin1') + key.toString('hex')).join();
    for (const part of ['owner', 'blog', '203.0.113', Buffer.from('owner').toString('hex')]) {
      expect(dump).not.toContain(part);
    }
  });
});
