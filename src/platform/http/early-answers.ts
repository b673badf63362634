import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../config/settings.js';
import { requestIds } from './request-id.js';
import { securityHeaders } from './security-headers.js';

/** What answers some requests before Fastify, its hooks and Nest see them, for answers that cost less than the way there. */
export interface EarlyAnswers {
  /**
   * @param standing the headers that every answer carries which any page may read, names and values in one flat list
   * @returns false to leave the request, untouched, to Fastify
   */
  answer(request: IncomingMessage, response: ServerResponse, standing: readonly string[]): boolean;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** While the server closes everything takes the ordinary way, where each answer says `Connection: close`. */
export function answerEarly(
  fastify: FastifyInstance,
  early: EarlyAnswers,
  { trustProxy, publicUrl }: Pick<Settings, 'trustProxy' | 'publicUrl'>,
): void {
  const { server } = fastify;
  const requestId = requestIds(trustProxy);
  const ofAll = securityHeaders(publicUrl, 'cross-origin');
  // Fastify's own came first; the others watch what is under way.
  const [route, ...watchers] = server.listeners('request') as [Listener, ...Listener[]];
  let isClosing = false;
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const standing = ['x-request-id', requestId(request), ...ofAll];
    const isAnswered = !isClosing && early.answer(request, response, standing);
    // What the system took at once needs no watching.
    if (!isAnswered || request.socket.writableLength > 0) for (const watch of watchers) watch(request, response);
    if (!isAnswered) route.call(server, request, response);
  });
  fastify.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
}
