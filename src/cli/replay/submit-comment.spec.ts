import type { Answer } from './service-client.js';
import { judgeAnswer } from './submit-comment.js';

const ANSWER: Answer = { status: 202, body: null, retryAfterMs: null, cookies: [], detail: '', tookMs: 12 };

describe('judgeAnswer', () => {
  it('takes an acknowledgement with its id and receipt', () => {
    const answer = { ...ANSWER, body: { id: 'i', receipt: 'r', status: 'received' } };
    expect(judgeAnswer(answer)).toEqual({ kind: 'accepted', id: 'i', receipt: 'r', tookMs: 12 });
  });

  it.each([
    [422, 'invalid-body'],
    [409, 'article-closed'],
    [413, 'body-too-large'],
    [500, 'internal'],
  ])('counts %i %s against the one comment', (status, code) => {
    expect(judgeAnswer({ ...ANSWER, status, body: { code } })).toEqual({ kind: 'refused', code });
  });

  it.each([
    [{ status: 202, body: 'welcome' }, 'what answers at this address is not Winnow'],
    [{ status: 200, body: null }, 'http-200'],
    [{ status: 308, body: null }, 'http-308'],
    [{ status: 0, detail: 'ECONNREFUSED' }, 'no-answer (ECONNREFUSED)'],
    [{ status: 403, body: { code: 'forbidden' }, detail: 'Not allowed' }, 'forbidden (Not allowed)'],
    [{ status: 404, body: { code: 'site-not-found' } }, 'site-not-found'],
    [{ status: 503, body: { code: 'unavailable' } }, 'unavailable'],
    [{ status: 409, body: { code: 'idempotency-key-in-flight' } }, 'the service never finished a submission'],
  ])('ends the sending on %j', (answer, why) => {
    expect(judgeAnswer({ ...ANSWER, ...answer })).toEqual({ kind: 'stop', why });
  });
});
