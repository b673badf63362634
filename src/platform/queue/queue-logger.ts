import { isRowFault } from '../database/row-fault.js';
import { describeError, type Logger } from '../logging/logger.js';

const QUIET_MS = 10_000;

/** Where the queue's troubles are told; one line for a burst of the same. */
export class QueueLogger {
  #lastAt = 0;
  #lastMessage = '';

  constructor(private readonly logger: Logger) {}

  report(error: Error): void {
    const now = performance.now();
    if (error.message === this.#lastMessage && now - this.#lastAt < QUIET_MS) return;
    this.#lastAt = now;
    this.#lastMessage = error.message;
    // What a row does to the database is told without the message, which may quote the row.
    const told = isRowFault(error) ? describeError(error) : { error: error.message };
    this.logger.warn(told, 'queue: trouble; what waits in it is kept, and is done when it is back');
  }
}
