import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

const STANDARD_OUTPUT = 1;
let standardOutput: DestinationStream | undefined;

/**
 * Structured logs, one JSON object a line. They hold ids, counts and times: never a text, an address or a secret.
 * @param destination standard output unless told
 */
export function makeLogger(level: string, destination: DestinationStream = openStandardOutput()): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}

/** Lines are written together, at the latest after this: a write for each costs more than the line. */
const WRITE_EVERY_MS = 100;
const WRITE_FROM_BYTES = 4_096;

/** Written beside the work, so that a slow reader of the log slows nobody down; pino writes what is left at the exit. */
function openStandardOutput(): DestinationStream {
  return (standardOutput ??= pino.destination({
    dest: STANDARD_OUTPUT,
    sync: false,
    minLength: WRITE_FROM_BYTES,
    periodicFlush: WRITE_EVERY_MS,
  }));
}

/** What may be told of an error nobody foresaw. Not its message: a database error's quotes a row. */
export function describeError(thrown: unknown): { name?: string; code?: string; stack?: string[] } {
  const { name, code, stack } = (thrown ?? {}) as { name?: string; code?: string; stack?: string };
  // A stack's first lines repeat the message.
  const frames = stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { ...(name && { name }), ...(code && { code }), ...(frames && { stack: frames }) };
}

/** What Nest itself has to say goes the same way; its start-up chatter only at `debug`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}
