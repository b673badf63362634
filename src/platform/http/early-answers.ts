import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** What answers some requests before Fastify, its hooks and Nest see them, for answers that cost less than the way there. */
export interface EarlyAnswers {
  /**
   * @param standing the headers that every answer carries, names and values in one flat list
   * @returns false to leave the request, untouched, to Fastify
   */
  answer(request: IncomingMessage, response: ServerResponse, standing: readonly string[]): boolean;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** While the server closes everything takes the ordinary way, where each answer says `Connection: close`. */
export function answerEarly(
  fastify: FastifyInstance,
  early: EarlyAnswers,
  requestId: (request: IncomingMessage) => string,
): void {
  const { server } = fastify;
  // Fastify's own came first; the others watch what is under way.
  const [route, ...watchers] = server.listeners('request') as [Listener, ...Listener[]];
  let isClosing = false;
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const standing = ['x-request-id', requestId(request), 'x-content-type-options', 'nosniff'];
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
