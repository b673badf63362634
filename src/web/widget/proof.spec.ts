import { hashBehind, inDigits, solve, type Challenge } from './proof.js';

/** The platform's own, as tests may use it. */
async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

it.each([0, 1, 63, 64, 65, 81, 128])(
  'hashes texts of every length as everybody does, behind %i letters',
  async (length) => {
    const salt = 'salt?expires=17&for=0123456789abcdef&'.repeat(8);
    const hashed = hashBehind(salt.slice(0, length));
    const texts = Array.from({ length: 130 }, (_, more) => salt.slice(length, length + more));
    expect(texts.map((text) => inDigits(hashed(text)))).toEqual(
      await Promise.all(texts.map((text) => hash(salt.slice(0, length) + text))),
    );
  },
);

async function challengeOf(number: number): Promise<Challenge> {
  const challenge = await hash(`some&${number}`);
  return { algorithm: 'SHA-256', salt: 'some&', challenge, maxNumber: 50_000, signature: 'ours' };
}

it.each([0, 7, 50_000])('finds the number %i', async (number) => {
  const challenge = await challengeOf(number);
  const { maxNumber: _, ...sent } = challenge;
  expect(JSON.parse(atob((await solve(challenge)) ?? ''))).toEqual({ ...sent, number });
});

it('gives up behind the largest', async () => {
  expect(await solve(await challengeOf(50_001))).toBeUndefined();
});
