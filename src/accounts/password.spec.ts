import { hashPassword, verifyPassword } from './password.js';

describe('a password', () => {
  it('is kept as argon2id with what OWASP asks for, and a salt of its own', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
  });

  it('opens with itself and with nothing else', async () => {
    const stored = await hashPassword('correct horse');
    expect(await verifyPassword(stored, 'correct horse')).toBe(true);
    for (const wrong of ['', 'correct horse ', 'Correct horse', 'correct hors']) {
      expect(await verifyPassword(stored, wrong)).toBe(false);
    }
  });

  it('is the same in either normal form: two keyboards, one person', async () => {
    expect(await verifyPassword(await hashPassword('Zoe\u0308'), 'Zo\u00eb')).toBe(true);
  });

  it('of nobody opens nothing, and is as much work', async () => {
    const stored = await hashPassword('correct horse');
    await verifyPassword(null, 'warm up');
    // Processor time, because a busy machine makes the clock's time mean nothing.
    const work = async (known: string | null): Promise<number> => {
      const before = process.cpuUsage();
      for (let i = 0; i < 3; i++) expect(await verifyPassword(known, 'guess')).toBe(false);
      return process.cpuUsage(before).user;
    };
    const [known, unknown] = [await work(stored), await work(null)];
    expect(unknown).toBeGreaterThan(known / 3);
  });

  it('of nobody opens nothing, not even with the password of the decoy', async () => {
    expect(await verifyPassword(null, 'nobody signs in with this')).toBe(false);
  });
});
