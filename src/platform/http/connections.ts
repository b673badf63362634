import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const LOOK_EVERY_MS = 50;
/** A body that is still not here this long after the closing began is not waited for. */
const BODY_WITHIN_MS = 2_000;
/**
 * A connection that is idle when the closing begins may have a request on its way: cutting it at once would fail that
 * request. For this long it is answered, with `Connection: close`.
 */
const LAST_REQUEST_WITHIN_MS = 500;

/**
 * Lets the server close in order. New connections are refused at once; requests under way and those that still arrive
 * on open connections are answered and told to close; then connections without a request are cut, also those on which
 * nothing or only half a request was ever sent (a browser's preconnect), which Node does not count as idle.
 */
export function closeConnectionsInOrder(fastify: FastifyInstance): void {
  const server = fastify.server;
  const { requests, unread } = watchRequests(fastify);
  let closingSince = Infinity;
  // Node's own close would cut the idle ones in the same breath.
  server.closeIdleConnections = () => undefined;
  const cut = (): void => {
    const closingMs = performance.now() - closingSince;
    for (const [socket, count] of requests) {
      const isIdle = count === 0 && closingMs > LAST_REQUEST_WITHIN_MS;
      if (isIdle || (closingMs > BODY_WITHIN_MS && unread.get(socket)?.complete === false)) socket.destroy();
    }
  };
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    // Also for those that came before the closing began: what follows on the connection would be too late.
    if (closingSince !== Infinity) void reply.header('connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    closingSince = performance.now();
    const timer = setInterval(cut, LOOK_EVERY_MS);
    server.once('close', () => {
      clearInterval(timer);
    });
    if (!server.listening) clearInterval(timer);
    done();
  });
}

/** How many requests each connection has under way, and the one whose body it may still be sending. */
function watchRequests({ server }: FastifyInstance): {
  readonly requests: ReadonlyMap<Socket, number>;
  readonly unread: ReadonlyMap<Socket, IncomingMessage>;
} {
  const requests = new Map<Socket, number>();
  const unread = new Map<Socket, IncomingMessage>();
  server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    unread.set(socket, request);
    response.once('close', () => {
      unread.delete(socket);
      if (requests.has(socket)) requests.set(socket, (requests.get(socket) ?? 1) - 1);
    });
  });
  return { requests, unread };
}
