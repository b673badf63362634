// Node's own server and nothing else, a process of its own: it answers with the bytes and the number of headers that a
// warm thread has, so that the ratio to it is what the service adds.
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const body = Buffer.alloc(50_000, 'a');
const known = ['access-control-allow-origin', '*', 'etag', '"x"', 'cache-control', 'public, max-age=5'];
const whole = [...known, 'content-type', 'application/json; charset=utf-8', 'content-length', String(body.length)];

const server = createServer((request, response) => {
  const standing = ['x-request-id', randomUUID(), 'x-content-type-options', 'nosniff'];
  if (request.headers['if-none-match']) response.writeHead(304, [...standing, ...known]).end();
  else response.writeHead(200, [...standing, ...whole]).end(body);
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => process.send({ isReady: true }));

process.on('SIGTERM', () => process.exit());
process.on('disconnect', () => process.exit());
