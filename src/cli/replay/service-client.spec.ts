import { problemCode, readRetryAfter, type Answer } from './service-client.js';

const ANSWER: Answer = { status: 422, body: null, retryAfterMs: null, cookies: [], detail: '', tookMs: 1 };
const NOW = Date.parse('2025-11-22T19:00:00Z');

describe('readRetryAfter', () => {
  it.each([
    [null, null],
    ['0', 0],
    ['120', 120_000],
    ['Sat, 22 Nov 2025 19:00:05 GMT', 5000],
    ['Sat, 22 Nov 2025 18:00:00 GMT', 0],
    ['soon', null],
    ['', null],
  ])('reads %j as %j ms', (header, ms) => {
    expect(readRetryAfter(header, NOW)).toBe(ms);
  });
});

describe('problemCode', () => {
  it('is the code of the problem', () => {
    expect(problemCode({ ...ANSWER, body: { code: 'invalid-body' } })).toBe('invalid-body');
  });

  it.each([
    [502, null, 'http-502'],
    [502, 'text', 'http-502'],
    [422, { code: 7 }, 'http-422'],
    [0, null, 'no-answer'],
  ])('names %i with the body %j %s', (status, body, code) => {
    expect(problemCode({ ...ANSWER, status, body })).toBe(code);
  });
});
