import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isTrustedPeer } from '../config/trusted-proxies.js';

/** What a proxy's id may look like to stand in our log and our answers. */
export const HARMLESS = /^[A-Za-z0-9._-]{8,64}$/;

/** Takes over the id that a trusted proxy has given the request, so that one id finds it in both logs; else makes one. */
export function requestIds(trustProxy: string): (raw: IncomingMessage) => string {
  return (raw) => {
    const given = raw.headers['x-request-id'];
    if (typeof given === 'string' && HARMLESS.test(given) && isTrustedPeer(trustProxy, raw.socket.remoteAddress)) {
      return given;
    }
    // Not v7: that asks the system for randomness at every request, this one keeps a pool.
    return randomUUID();
  };
}
