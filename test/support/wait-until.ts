import { setTimeout as delay } from 'node:timers/promises';

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 100;

/** Resolves when the condition holds; fails after `withinMs` milliseconds with an error that names `what` was waited for. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 10_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  let pauseMs = FIRST_PAUSE_MS;
  while (!(await condition())) {
    if (Date.now() >= deadline) {
      throw new Error(`Waited ${withinMs} ms in vain for this: ${what}.`);
    }
    await delay(pauseMs);
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS);
  }
}
