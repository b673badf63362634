import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const LOOK_EVERY_MS = 100;
/** A body that is still not here this long after the closing began is not waited for. */
const BODY_WITHIN_MS = 2_000;

/**
 * Lets the server close in order: requests under way are answered, and connections without one are cut, also those on
 * which nothing or only half a request was ever sent (a browser's preconnect), which Node does not count as idle.
 */
export function cutUnusedConnectionsOnClose(fastify: FastifyInstance): void {
  const server = fastify.server;
  const requests = new Map<Socket, number>();
  server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  const unread = new Map<Socket, IncomingMessage>();
  server.on('request', (request, response) => {
    const { socket } = request;
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    unread.set(socket, request);
    response.once('close', () => {
      unread.delete(socket);
      if (requests.has(socket)) requests.set(socket, (requests.get(socket) ?? 1) - 1);
    });
  });
  let closingSince = Infinity;
  const cut = (): void => {
    const isLate = performance.now() - closingSince > BODY_WITHIN_MS;
    for (const [socket, count] of requests) {
      if (count === 0 || (isLate && unread.get(socket)?.complete === false)) socket.destroy();
    }
  };
  fastify.addHook('preClose', (done) => {
    closingSince = performance.now();
    const timer = setInterval(cut, LOOK_EVERY_MS);
    server.once('close', () => {
      clearInterval(timer);
    });
    if (!server.listening) clearInterval(timer);
    cut();
    done();
  });
}
