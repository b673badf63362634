import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { clientForLimits } from '../platform/http/client-network.js';
import { Problem } from '../platform/problem/problem.js';

const TRIES = 10;
const WINDOW_SECONDS = 15 * 60;
const TRIES_PER_CLIENT = 100;

/**
 * Slows guessing down. A wrong password counts against the pair of account and client, so that a stranger cannot lock an
 * owner out, and against the client alone, so that one machine cannot try every account.
 */
@Injectable()
export class SignInLimit {
  readonly #pairs = new RateLimiterMemory({ points: TRIES, duration: WINDOW_SECONDS });
  readonly #clients = new RateLimiterMemory({ points: TRIES_PER_CLIENT, duration: WINDOW_SECONDS });

  /**
   * Runs the attempt. It is counted before, because a thousand guesses may come at once, and taken off again unless the
   * credentials were wrong.
   */
  async guard<T>(email: string, client: string, attempt: () => Promise<T>): Promise<T> {
    const machine = clientForLimits(client);
    const pair = `${machine} ${email.trim().toLowerCase()}`;
    await take(this.#clients, machine);
    await take(this.#pairs, pair);
    try {
      const result = await attempt();
      await this.#giveBack(machine, pair);
      return result;
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'wrong-credentials')) await this.#giveBack(machine, pair);
      throw error;
    }
  }

  async #giveBack(machine: string, pair: string): Promise<void> {
    await this.#clients.reward(machine);
    await this.#pairs.reward(pair);
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (spent) {
    if (!(spent instanceof RateLimiterRes)) throw spent;
    // What is refused is not a try: it must not make the wait longer for the right password either.
    await limiter.reward(key);
    const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000));
    throw new Problem('too-many-requests', {
      detail: 'Too many wrong passwords from here. Wait, or reset the password.',
      headers: {
        'retry-after': String(seconds),
        'ratelimit-policy': `"sign-in";q=${limiter.points};w=${WINDOW_SECONDS}`,
        ratelimit: `"sign-in";r=0;t=${seconds}`,
      },
    });
  }
}
