import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { problemCode, type Answer } from './service-client.js';

/** Waits so many milliseconds; false when it was interrupted. */
export type Wait = (ms: number) => Promise<boolean>;

const MOST_TRIES = 6;
/** Doubles each time: with five pauses a service has about eight seconds to come back. */
const FIRST_PAUSE_MS = 250;
/** A window of the service's limits is a minute; what asks for more than this is not worth a terminal. */
const LONGEST_PAUSE_MS = 120_000;
const NOT_NOW = new Set([0, 408, 429, 502, 503, 504]);

/** Repeats a request while its answer is "not now", as long as `Retry-After` says; returns the last answer. */
export async function askPatiently(ask: () => Promise<Answer>, wait: Wait): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (!isNotNow(answer) || tries === MOST_TRIES) return answer;
    const pauseMs = answer.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (tries - 1);
    if (pauseMs > LONGEST_PAUSE_MS || !(await wait(pauseMs))) return answer;
  }
}

export function isNotNow(answer: Answer): boolean {
  return NOT_NOW.has(answer.status) || problemCode(answer) === 'idempotency-key-in-flight';
}

export function waitUnless(interrupted: AbortSignal): Wait {
  // As many wait at once as submissions are under way; each takes its listener off again.
  setMaxListeners(0, interrupted);
  return async (ms) => {
    try {
      await delay(ms, undefined, { signal: interrupted });
      return true;
    } catch {
      return false;
    }
  };
}
