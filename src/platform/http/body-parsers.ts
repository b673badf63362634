import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';

const FORM = 'application/x-www-form-urlencoded';

/**
 * JSON and forms. Both refuse bytes that are not UTF-8: Fastify's own parser would turn them into U+FFFD and keep them.
 * An empty body is `undefined` here, and an error only where a body is needed.
 */
export function addBodyParsers(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = decode(body as Buffer);
    if (text === null) done(notUtf8());
    else if (text === '') done(null, undefined);
    else void parseJson(request, text, done);
  });
  fastify.addContentTypeParser(FORM, { parseAs: 'buffer' }, (_request, body, done) => {
    const text = decode(body as Buffer);
    if (text === null) done(notUtf8());
    else done(null, Object.fromEntries(new URLSearchParams(text)));
  });
}

export function isForm(request: FastifyRequest): boolean {
  return request.headers['content-type']?.toLowerCase().startsWith(FORM) ?? false;
}

function decode(body: Buffer): string | null {
  return isUtf8(body) ? body.toString('utf8') : null;
}

function notUtf8(): Problem {
  return new Problem('malformed-body', { detail: 'The body is not UTF-8.' });
}

/**
 * A compressed body is refused before it is read: a few kilobytes of it may hold gigabytes. The last of the hooks, so
 * that the refusal has the headers of every answer.
 */
export function refuseEncodedBodies(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  const coding = request.headers['content-encoding'];
  const isEncoded = coding !== undefined && coding.toLowerCase() !== 'identity';
  done(isEncoded ? new Problem('unsupported-media-type', { detail: 'Send the body uncompressed.' }) : undefined);
}
