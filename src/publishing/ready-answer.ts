import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, matchesEntityTag } from './entity-tag.js';

/** A whole answer, ready to be sent: nothing is left to compute on a warm read. */
export interface ReadyAnswer {
  readonly body: Buffer;
  readonly etag: string;
  /** Also those of a 304 (RFC 9110, 15.4.5). */
  readonly validators: Readonly<Record<string, string>>;
  readonly contentType: string;
  /** Whether it may be remembered. What tells of an unknown article may not: anybody can invent keys. */
  readonly isLasting: boolean;
}

export const JSON_TYPE = 'application/json; charset=utf-8';
const CACHE_CONTROL = 'public, max-age=5, stale-while-revalidate=30';

export function makeReadyAnswer(text: string, contentType: string, isLasting: boolean): ReadyAnswer {
  // Buffer.from would take a short text from a shared slab, and remembering 100 bytes would hold 8 KiB.
  const body = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  body.write(text);
  const etag = entityTag(body);
  return { body, etag, validators: { etag, 'cache-control': CACHE_CONTROL }, contentType, isLasting };
}

/** @returns whether the reader had it already */
export function sendReadyAnswer(answer: ReadyAnswer, request: FastifyRequest, reply: FastifyReply): boolean {
  void reply.headers(answer.validators);
  const isKnown = matchesEntityTag(request.headers['if-none-match'], answer.etag);
  if (isKnown) void reply.status(304).send();
  else void reply.header('content-type', answer.contentType).send(answer.body);
  return isKnown;
}

const EVERY_ORIGIN = { 'access-control-allow-origin': '*' };

/** Said before anything can fail, so that a page can also read why it got no answer. */
export function allowEveryOrigin(reply: FastifyReply): void {
  void reply.headers(EVERY_ORIGIN);
}

/** The same answer, past Fastify. @returns whether the reader had it already */
export function sendEarly(
  answer: ReadyAnswer,
  ifNoneMatch: string | undefined,
  response: ServerResponse,
  standing: readonly string[],
): boolean {
  const isKnown = matchesEntityTag(ifNoneMatch, answer.etag);
  const { known, whole } = flatHeaders(answer);
  if (isKnown) response.writeHead(304, standing.concat(known)).end();
  else response.writeHead(200, standing.concat(whole)).end(answer.body);
  return isKnown;
}

/** Names and values in one list, as Node writes them fastest. */
interface FlatHeaders {
  readonly known: readonly string[];
  readonly whole: readonly string[];
}

const flat = new WeakMap<ReadyAnswer, FlatHeaders>();

function flatHeaders(answer: ReadyAnswer): FlatHeaders {
  let headers = flat.get(answer);
  if (!headers) {
    const known = Object.entries({ ...EVERY_ORIGIN, ...answer.validators }).flat();
    const own = ['content-type', answer.contentType, 'content-length', String(answer.body.length)];
    headers = { known, whole: [...known, ...own] };
    flat.set(answer, headers);
  }
  return headers;
}
