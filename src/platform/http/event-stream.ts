// The frame of server-sent events: headers, heartbeat and end of a stream. What is told is not its business.
import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

const HEARTBEAT_MS = 15_000;
/** A stream ends after this long; the browser comes back by itself and is asked who it is again. */
const LIFE_MS = 10 * 60_000;

export type EventStream = FastifyReply['raw'];

/** Tells the client that it had better load its list anew. */
export const RESET = 'event: reset\ndata: {}\n\n';

/** Begins the answer. Null for a HEAD request, which has got all it asked for. */
export function beginEventStream(request: FastifyRequest, reply: FastifyReply): EventStream | null {
  const standing = reply.getHeaders();
  const { raw } = reply.hijack();
  raw.writeHead(200, {
    ...(standing as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  if (request.method === 'HEAD') {
    raw.end();
    return null;
  }
  raw.write('retry: 2000\n\n');
  return raw;
}

/** Until the client goes away or the stream's life is over; `onEnd` is then called once. */
export function keepAlive(raw: EventStream, onEnd: () => void): void {
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  const life = setTimeout(() => raw.end(), LIFE_MS);
  raw.on('close', () => {
    clearInterval(heartbeat);
    clearTimeout(life);
    onEnd();
  });
}
