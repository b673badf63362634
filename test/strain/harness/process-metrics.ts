import { TestClient } from '../../support/test-client.js';

/* What a process says of itself at /metrics. */

/** Connections of the process, to whomever. */
export function openSockets(url: string): Promise<number> {
  return read(url, /^nodejs_active_resources\{type="TCPSocketWrap"[^}]*\} (\d+)/m);
}

export async function residentMiB(url: string): Promise<number> {
  return (await read(url, /^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)/m)) / 2 ** 20;
}

async function read(url: string, line: RegExp): Promise<number> {
  const { text } = await new TestClient(url).get('/metrics');
  return Number(line.exec(text)?.[1] ?? Number.NaN);
}
