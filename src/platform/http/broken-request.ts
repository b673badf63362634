import type { Socket } from 'node:net';
import { v7 } from 'uuid';
import { Problem, problemBody } from '../problem/problem.js';

/** Who has its answer and still does not hang up, is hung up on: a half-closed connection costs as much as an open one. */
const LINGER_MS = 1_000;
const STATUSES: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

/** What Node's parser cannot read never becomes a request; it is answered here, on the bare socket, and hung up on. */
export function answerBrokenRequests(
  standing: Readonly<Record<string, string>>,
): (error: Error & { code?: string }, socket: Socket) => void {
  const lines = Object.entries(standing).map(([name, value]) => `${name}: ${value}\r\n`);
  return (error, socket) => {
    answer(error, socket, lines.join(''));
  };
}

function answer(error: Error & { code?: string }, socket: Socket, standing: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = v7();
  const problem = new Problem('malformed-request');
  const [status, reason] = STATUSES[error.code ?? ''] ?? [400, 'Bad Request'];
  const body = JSON.stringify({ ...problemBody(problem, '', requestId), status });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/problem+json; charset=utf-8\r\n` +
      `${standing}x-request-id: ${requestId}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
