import type { Logger } from '../logging/logger.js';

/** Where the queue's troubles are told; one line for a burst of the same. */
export class QueueLogger {
  #lastAt = 0;
  #lastMessage = '';

  constructor(private readonly logger: Logger) {}

  report(error: Error): void {
    const now = performance.now();
    if (error.message === this.#lastMessage && now - this.#lastAt < 10_000) return;
    this.#lastAt = now;
    this.#lastMessage = error.message;
    this.logger.warn({ error: error.message }, 'queue: trouble; comments are kept and will be screened later');
  }
}
