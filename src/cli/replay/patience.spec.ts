import { askPatiently, waitUnless } from './patience.js';
import type { Answer } from './service-client.js';

const ANSWER: Answer = { status: 200, body: null, retryAfterMs: null, cookies: [], detail: '', tookMs: 1 };

interface Talk {
  readonly last: Answer;
  readonly asked: number;
  readonly pauses: readonly number[];
}

/** Gives the answers one after the other, the last one for ever, and notes the pauses instead of making them. */
async function talk(answers: readonly Partial<Answer>[], interruptAt = Infinity): Promise<Talk> {
  const pauses: number[] = [];
  let asked = 0;
  const ask = (): Promise<Answer> => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked++;
    return Promise.resolve({ ...ANSWER, ...answer });
  };
  const last = await askPatiently(ask, (ms) => {
    pauses.push(ms);
    return Promise.resolve(pauses.length < interruptAt);
  });
  return { last, asked, pauses };
}

describe('askPatiently', () => {
  it.each([200, 202, 400, 401, 403, 404, 409, 422, 500])('takes %i as it is', async (status) => {
    expect(await talk([{ status }])).toMatchObject({ asked: 1, last: { status } });
  });

  it.each([0, 408, 429, 502, 503, 504])('asks again after %i', async (status) => {
    expect(await talk([{ status }, { status }, { status: 202 }])).toMatchObject({ asked: 3, last: { status: 202 } });
  });

  it('asks again while the first submission with this key is under way', async () => {
    const inFlight = { status: 409, body: { code: 'idempotency-key-in-flight' } };
    expect(await talk([inFlight, { status: 202 }])).toMatchObject({ asked: 2, last: { status: 202 } });
  });

  it('waits as long as Retry-After says', async () => {
    const { pauses } = await talk([{ status: 429, retryAfterMs: 7000 }, { status: 503, retryAfterMs: 0 }, {}]);
    expect(pauses).toEqual([7000, 0]);
  });

  it('does not wait for what is hours away', async () => {
    expect(await talk([{ status: 429, retryAfterMs: 3_600_000 }])).toMatchObject({ asked: 1, pauses: [] });
  });

  it('gives up after some tries with longer and longer pauses', async () => {
    const { asked, last, pauses } = await talk([{ status: 0 }]);
    expect([asked, last.status]).toEqual([6, 0]);
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000]);
  });

  it('ends when it is interrupted', async () => {
    expect(await talk([{ status: 503 }], 2)).toMatchObject({ asked: 2, last: { status: 503 } });
  });
});

describe('waitUnless', () => {
  it('says whether it waited to the end', async () => {
    const controller = new AbortController();
    const wait = waitUnless(controller.signal);
    expect(await wait(1)).toBe(true);
    const long = wait(60_000);
    controller.abort();
    expect(await long).toBe(false);
    expect(await wait(1)).toBe(false);
  });
});
