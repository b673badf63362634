import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceLog } from '../platform/logging/service-log.js';
import type { Metrics } from '../platform/metrics/metrics.js';
import { makeReadyAnswer, JSON_TYPE } from './ready-answer.js';
import type { ReadyAnswers } from './ready-answers.js';
import { WarmReads } from './warm-reads.js';

const answer = makeReadyAnswer('{"a":1}', JSON_TYPE, true);

/** What a response was told. */
class Told {
  readonly headers: Record<string, unknown> = {};
  statusCode = 200;
  body: unknown = null;

  writeHead(code: number, flat: readonly string[]): this {
    this.statusCode = code;
    for (let at = 0; at < flat.length; at += 2) this.headers[flat[at] ?? ''] = flat[at + 1];
    return this;
  }

  end(body?: unknown): void {
    this.body = body ?? 'nothing';
  }
}

const STANDING = ['x-request-id', 'r'];

function ask(warm: WarmReads, url: string, headers: Record<string, string> = {}, method = 'GET'): Told {
  const told = new Told();
  const request = { method, url, headers } as unknown as IncomingMessage;
  expect(warm.answer(request, told as unknown as ServerResponse, STANDING)).toBe(told.body !== null);
  return told;
}

/** As when it was asked for the first time. */
function remember(warm: WarmReads, url: string): void {
  const request = { raw: { method: 'GET', url }, headers: {}, routeOptions: { url: '/v1/:site' } };
  const reply: Record<string, () => unknown> = {};
  for (const name of ['header', 'headers', 'status', 'send']) reply[name] = () => reply;
  warm.send('page', answer, request as unknown as FastifyRequest, reply as unknown as FastifyReply, false);
}

describe('a warm read', () => {
  let isReady = true;
  const ready = { get: (name: string) => (isReady && name === 'page' ? answer : undefined) } as ReadyAnswers;
  const counted: string[] = [];
  const metrics = {
    readyAnswer: (result: string) => counted.push(result),
    request: (...words: unknown[]) => counted.push(words.slice(0, 3).join(' ')),
  } as unknown as Metrics;
  const log = { tellsReads: false };
  const warm = new WarmReads(ready, metrics, log as ServiceLog);
  remember(warm, '/v1/a?limit=1');
  beforeEach(() => {
    isReady = true;
  });

  it('answers the address that was asked for before', () => {
    expect(ask(warm, '/v1/a?limit=1')).toMatchObject({
      body: answer.body,
      headers: {
        'x-request-id': 'r',
        etag: answer.etag,
        'access-control-allow-origin': '*',
        'content-type': JSON_TYPE,
        'content-length': String(answer.body.length),
      },
    });
  });

  it('says 304 to who has it already', () => {
    expect(ask(warm, '/v1/a?limit=1', { 'if-none-match': answer.etag })).toMatchObject({
      statusCode: 304,
      body: 'nothing',
    });
  });

  it('leaves to the long way what it does not know, what is not ready, other methods and every key', () => {
    expect(ask(warm, '/v1/a?limit=2').body).toBeNull();
    expect(ask(warm, '/v1/a?limit=1', {}, 'HEAD').body).toBeNull();
    expect(ask(warm, '/v1/a?limit=1', { authorization: 'Bearer wnw_x' }).body).toBeNull();
    isReady = false;
    expect(ask(warm, '/v1/a?limit=1').body).toBeNull();
  });

  it('leaves all of it to the long way while reads are written into the log', () => {
    log.tellsReads = true;
    expect(ask(warm, '/v1/a?limit=1').body).toBeNull();
    log.tellsReads = false;
    expect(ask(warm, '/v1/a?limit=1').body).toBe(answer.body);
  });

  it('counts what memory could give', () => {
    counted.length = 0;
    ask(warm, '/v1/a?limit=1');
    ask(warm, '/v1/a?limit=1', { 'if-none-match': answer.etag });
    ask(warm, '/v1/a?limit=2');
    expect(counted).toEqual(['hit', 'GET /v1/:site 200', 'not_modified', 'GET /v1/:site 304']);
  });

  it('forgets old addresses before they fill the memory', () => {
    for (let i = 0; i < 100; i++) remember(warm, `/${'x'.repeat(100_000)}${i}`);
    expect(ask(warm, `/${'x'.repeat(100_000)}0`).body).toBeNull();
    expect(ask(warm, `/${'x'.repeat(100_000)}99`).body).toBe(answer.body);
  });
});
