import { once } from 'node:events';
import { request as httpRequest, type Agent, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { contractOf } from './contract.js';
import type { Answer } from './test-client.js';

/* Requests that `fetch` would tidy up: a path with dots, a `Host` of our own, bytes that are no HTTP. */

export interface RawRequest {
  readonly method?: string;
  /** Sent as it is. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly agent?: Agent;
}

export async function rawRequest(
  url: string,
  { method = 'GET', path, headers, body, agent }: RawRequest,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const request = httpRequest({ hostname, port, method, path, headers: { ...headers }, ...(agent && { agent }) });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const answered = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) answered.append(name, value);
  }
  const status = response.statusCode ?? 0;
  const sent = { headers: new Headers(headers), body: body === undefined ? undefined : Buffer.from(body).toString() };
  (await contractOf(url)).check({ method, path, sent, status, headers: answered, text });
  return { status, headers: answered, text, body: parse(text) };
}

/** What the service answers to these bytes, until it closes the connection. */
export async function sendBytes(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.end(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
