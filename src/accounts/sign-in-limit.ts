import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from '../platform/problem/problem.js';

const TRIES = 10;
const WINDOW_SECONDS = 15 * 60;
const TRIES_PER_CLIENT = 100;

/**
 * Slows guessing down. A wrong password counts against the pair of account and client address, so that a stranger
 * cannot lock an owner out, and against the client address alone, so that one machine cannot try every account.
 */
@Injectable()
export class SignInLimit {
  readonly #pairs = new RateLimiterMemory({ points: TRIES, duration: WINDOW_SECONDS });
  readonly #clients = new RateLimiterMemory({ points: TRIES_PER_CLIENT, duration: WINDOW_SECONDS });

  /** Runs the attempt; counts it only when the credentials were wrong. */
  async guard<T>(email: string, client: string, attempt: () => Promise<T>): Promise<T> {
    const pair = `${client} ${email.trim().toLowerCase()}`;
    await refuseWhenSpent(this.#pairs, pair, TRIES);
    await refuseWhenSpent(this.#clients, client, TRIES_PER_CLIENT);
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Problem && error.code === 'wrong-credentials') {
        await this.#pairs.penalty(pair);
        await this.#clients.penalty(client);
      }
      throw error;
    }
  }
}

async function refuseWhenSpent(limiter: RateLimiterMemory, key: string, points: number): Promise<void> {
  const spent = await limiter.get(key);
  if (!spent || spent.consumedPoints < points) return;
  const seconds = Math.ceil(spent.msBeforeNext / 1000);
  throw new Problem('too-many-requests', {
    detail: 'Too many wrong passwords from here. Wait, or reset the password.',
    headers: { 'retry-after': String(seconds) },
  });
}
