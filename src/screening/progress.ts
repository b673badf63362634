/** Work has been due this long and nothing was finished: the worker is stuck, however alive its process looks. */
const STUCK_AFTER_MS = 60_000;

export type Health = 'working' | 'stuck' | 'hopeless';

/** Liveness by progress, not by a ping: due work and no completion for a minute, twice in a row, is the end. */
export class Progress {
  #dueSince: number | null = null;
  #rebuilds = 0;

  completed(): void {
    this.#dueSince = null;
    this.#rebuilds = 0;
  }

  /** Tells it whether work is overdue; called at every sweep. `now` in milliseconds of any steady clock. */
  look(overdue: number, now: number): Health {
    if (overdue > 0) this.#dueSince ??= now;
    else this.#dueSince = null;
    if (this.#dueSince === null || now - this.#dueSince < STUCK_AFTER_MS) return 'working';
    this.#dueSince = now;
    this.#rebuilds++;
    return this.#rebuilds > 1 ? 'hopeless' : 'stuck';
  }
}
