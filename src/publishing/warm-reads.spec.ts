import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../platform/metrics/metrics.js';
import { makeReadyAnswer, JSON_TYPE } from './ready-answer.js';
import type { ReadyAnswers } from './ready-answers.js';
import { WarmReads } from './warm-reads.js';

const answer = makeReadyAnswer('{"a":1}', JSON_TYPE, true);

/** What a reply was told, in the order of telling. */
class Told {
  readonly headers: Record<string, string> = {};
  code = 200;
  body: unknown = null;

  readonly reply = {
    header: (name: string, value: string) => this.#head({ [name]: value }),
    headers: (some: Record<string, string>) => this.#head(some),
    status: (code: number) => {
      this.code = code;
      return this.reply;
    },
    send: (body: unknown) => {
      this.body = body ?? 'nothing';
      return this.reply;
    },
  };

  #head(some: Record<string, string>): object {
    Object.assign(this.headers, some);
    return this.reply;
  }
}

function ask(warm: WarmReads, url: string, headers: Record<string, string> = {}, method = 'GET'): Told {
  const told = new Told();
  const request = { raw: { method, url }, headers } as unknown as FastifyRequest;
  warm.onRequest(request, told.reply as unknown as FastifyReply);
  return told;
}

/** As when it was asked for the first time. */
function remember(warm: WarmReads, url: string): void {
  const request = { raw: { method: 'GET', url }, headers: {} } as unknown as FastifyRequest;
  warm.send('page', answer, request, new Told().reply as unknown as FastifyReply, false);
}

describe('a warm read', () => {
  let isReady = true;
  const ready = { get: (name: string) => (isReady && name === 'page' ? answer : undefined) } as ReadyAnswers;
  const counted: string[] = [];
  const metrics = { readyAnswer: (result: string) => counted.push(result) } as unknown as Metrics;
  const warm = new WarmReads(ready, metrics);
  remember(warm, '/v1/a?limit=1');
  beforeEach(() => {
    isReady = true;
  });

  it('answers the address that was asked for before', () => {
    expect(ask(warm, '/v1/a?limit=1')).toMatchObject({
      body: answer.body,
      headers: { etag: answer.etag, 'access-control-allow-origin': '*', 'content-type': JSON_TYPE },
    });
  });

  it('says 304 to who has it already', () => {
    expect(ask(warm, '/v1/a?limit=1', { 'if-none-match': answer.etag })).toMatchObject({ code: 304, body: 'nothing' });
  });

  it('leaves to the long way what it does not know, what is not ready, other methods and every key', () => {
    expect(ask(warm, '/v1/a?limit=2').body).toBeNull();
    expect(ask(warm, '/v1/a?limit=1', {}, 'HEAD').body).toBeNull();
    expect(ask(warm, '/v1/a?limit=1', { authorization: 'Bearer wnw_x' }).body).toBeNull();
    isReady = false;
    expect(ask(warm, '/v1/a?limit=1').body).toBeNull();
  });

  it('counts what memory could give', () => {
    counted.length = 0;
    ask(warm, '/v1/a?limit=1');
    ask(warm, '/v1/a?limit=1', { 'if-none-match': answer.etag });
    ask(warm, '/v1/a?limit=2');
    expect(counted).toEqual(['hit', 'not_modified']);
  });

  it('forgets old addresses before they fill the memory', () => {
    for (let i = 0; i < 100; i++) remember(warm, `/${'x'.repeat(100_000)}${i}`);
    expect(ask(warm, `/${'x'.repeat(100_000)}0`).body).toBeNull();
    expect(ask(warm, `/${'x'.repeat(100_000)}99`).body).toBe(answer.body);
  });
});
