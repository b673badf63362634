import { Problem } from '../platform/problem/problem.js';
import { SignInLimit } from './sign-in-limit.js';

const EMAIL = 'owner@blog.example';

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

describe('SignInLimit', () => {
  it('looks at ten wrong passwords and no more', async () => {
    const limit = new SignInLimit();
    const door = new Door();
    await fail(limit, door, 30);
    expect(door.tries).toBe(10);
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', door.right))).toBe('too-many-requests');
  });

  // Guesses need not wait for each other: a count that is taken only afterwards lets a thousand through at once.
  it('looks at ten wrong passwords and no more when they all come at once', async () => {
    const limit = new SignInLimit();
    const door = new Door();
    await Promise.all(Array.from({ length: 200 }, () => codeOf(limit.guard(EMAIL, '203.0.113.7', door.wrong))));
    expect(door.tries).toBeLessThanOrEqual(10);
  });

  it('says when to come back', async () => {
    const limit = new SignInLimit();
    await fail(limit, new Door(), 10);
    const refused = await limit.guard(EMAIL, '203.0.113.7', new Door().right).catch((error: unknown) => error);
    const seconds = Number((refused as Problem).extras.headers?.['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  it('does not let a stranger lock the owner out', async () => {
    const limit = new SignInLimit();
    await fail(limit, new Door(), 50, EMAIL, '198.51.100.1');
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', new Door().right))).toBe('signed in');
  });

  it('does not count a right password, nor a fault of ours', async () => {
    const limit = new SignInLimit();
    const door = new Door();
    for (let i = 0; i < 40; i++) await limit.guard(EMAIL, '203.0.113.7', door.right);
    for (let i = 0; i < 40; i++) {
      await limit.guard(EMAIL, '203.0.113.7', () => Promise.reject(new Error('down'))).catch(() => undefined);
    }
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', door.right))).toBe('signed in');
  });

  it('takes an address in other letters, or with spaces, for the same account', async () => {
    const limit = new SignInLimit();
    await fail(limit, new Door(), 5, 'Owner@Blog.example');
    await fail(limit, new Door(), 5, ' owner@blog.example ');
    expect(await codeOf(limit.guard(EMAIL, '203.0.113.7', new Door().right))).toBe('too-many-requests');
  });

  it('lets one machine try a hundred accounts wrongly and no more', async () => {
    const limit = new SignInLimit();
    const door = new Door();
    for (let i = 0; i < 300; i++) await fail(limit, door, 1, `person${i}@blog.example`);
    expect(door.tries).toBe(100);
  });

  it('takes the /64 that one IPv6 customer has for one machine', async () => {
    const limit = new SignInLimit();
    const door = new Door();
    for (let i = 0; i < 30; i++) await fail(limit, door, 1, EMAIL, `2001:db8:1:2::${i.toString(16)}`);
    expect(door.tries).toBe(10);
  });
});
