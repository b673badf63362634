#!/usr/bin/env node
import 'reflect-metadata';
import { readEnvironment } from '../platform/config/environment.js';
import { EXIT_FAILED } from './command-fault.js';
import { runWinnow } from './run-winnow.js';

/* The process of the command line: signals in, exit code out. */

const LINGER_MS = 3_000;
const interruption = new AbortController();

// Once: a second signal finds no listener and ends the process at once, as it would any other.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    process.stderr.write('\nStopping; once more ends it at once.\n');
    interruption.abort();
  });
}

try {
  // Set rather than exited with: output to a pipe may still be on its way.
  process.exitCode = await runWinnow(process.argv.slice(2), {
    in: process.stdin,
    out: process.stdout,
    err: process.stderr,
    environment: readEnvironment(),
    interrupted: interruption.signal,
  });
} catch (error) {
  process.stderr.write(
    `winnow: a fault of its own: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = EXIT_FAILED;
}

// A connection to something that has fallen silent would keep the process for minutes.
setTimeout(() => process.exit(), LINGER_MS).unref();
