import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { clientForLimits } from '../platform/http/client-network.js';
import { Problem } from '../platform/problem/problem.js';
import type { ProblemCode } from '../platform/problem/problem-catalogue.js';
import { Secrets } from '../platform/signing/secrets.js';
import { accountEmail } from './account-email.js';
import { SignInTry } from './sign-in-try.entity.js';

const WINDOW_SECONDS = 15 * 60;
const TRIES = 10;
const TRIES_PER_CLIENT = 100;

/** What a guess that missed ends with; every other end is none. */
const MISSES: readonly ProblemCode[] = [
  'wrong-credentials',
  'wrong-password',
  'invitation-not-found',
  'password-reset-not-found',
];

interface Counter {
  readonly key: Buffer;
  readonly most: number;
}

/**
 * Slows guessing down. A wrong password counts against the pair of account and client, so that a stranger cannot lock an
 * owner out, and against the client alone, so that one machine cannot try every account. A link that opens nothing
 * counts against the client. Counted in PostgreSQL: a guesser who reaches ten processes has no more tries than at one.
 */
@Injectable()
export class SignInLimit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly secrets: Secrets,
  ) {}

  /**
   * Runs what checks the password of one account.
   * @throws Problem `too-many-requests`
   */
  guard<T>(email: string, client: string, attempt: () => Promise<T>): Promise<T> {
    const machine = clientForLimits(client);
    const pair = this.#counter(`${machine} ${accountEmail(email)}`, TRIES);
    return this.#run([this.#ofClient(client), pair], attempt);
  }

  /**
   * Runs what looks a one-time link up.
   * @throws Problem `too-many-requests`
   */
  guardLink<T>(client: string, attempt: () => Promise<T>): Promise<T> {
    return this.#run([this.#ofClient(client)], attempt);
  }

  /** A try is counted before, because a thousand guesses may come at once, and taken off again unless it missed. */
  async #run<T>(counters: readonly Counter[], attempt: () => Promise<T>): Promise<T> {
    const taken: Counter[] = [];
    for (const counter of counters) {
      if (await this.#take(counter)) taken.push(counter);
      else {
        // What is refused is not a try: it costs the client nothing for its other accounts.
        await this.#giveBack(taken);
        throw await this.#refusal(counter);
      }
    }
    try {
      const result = await attempt();
      await this.#giveBack(taken);
      return result;
    } catch (error) {
      if (!(error instanceof Problem && MISSES.includes(error.code))) await this.#giveBack(taken);
      throw error;
    }
  }

  #ofClient(client: string): Counter {
    return this.#counter(clientForLimits(client), TRIES_PER_CLIENT);
  }

  #counter(who: string, most: number): Counter {
    return { key: this.secrets.sign('sign-in-limit', who), most };
  }

  /** @returns whether there was a try left; when there was none, nothing is written */
  async #take({ key, most }: Counter): Promise<boolean> {
    const now = this.clock.now();
    const taken: unknown[] = await this.database.global.query(
      `insert into sign_in_try as t (key, tries, ends_at) values ($1, 1, $2)
       on conflict (key) do update set
         tries = case when t.ends_at <= $3 then 1 else t.tries + 1 end,
         ends_at = case when t.ends_at <= $3 then excluded.ends_at else t.ends_at end
       where t.ends_at <= $3 or t.tries < $4
       returning 1`,
      [key, new Date(now.getTime() + WINDOW_SECONDS * 1000), now, most],
    );
    return taken.length > 0;
  }

  async #giveBack(counters: readonly Counter[]): Promise<void> {
    for (const { key } of counters) {
      await this.database.global.query('update sign_in_try set tries = tries - 1 where key = $1 and tries > 0', [key]);
    }
  }

  async #refusal({ key, most }: Counter): Promise<Problem> {
    const row = await this.database.global.findOneBy(SignInTry, { key });
    const leftMs = (row?.endsAt.getTime() ?? 0) - this.clock.now().getTime();
    const seconds = Math.max(1, Math.ceil(leftMs / 1000));
    return new Problem('too-many-requests', {
      detail: 'Too many wrong passwords or links from here. Wait, or ask an operator for a link to reset the password.',
      headers: {
        'retry-after': String(seconds),
        'ratelimit-policy': `"sign-in";q=${most};w=${WINDOW_SECONDS}`,
        ratelimit: `"sign-in";r=0;t=${seconds}`,
      },
    });
  }
}
