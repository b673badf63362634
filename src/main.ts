import 'reflect-metadata';
import { readEnvironment } from './platform/config/environment.js';
import { readSettings, SettingsFault } from './platform/config/read-settings.js';
import { EmbeddedPostgresFault } from './platform/embedded/embedded-postgres.js';
import { describeError, makeLogger } from './platform/logging/logger.js';
import { StartFault } from './start-fault.js';
import { startService, type RunningService } from './start.js';
import { describeStart } from './welcome.js';

/*
 * One process of the service. Start-up speaks to a person, a line each; from then on the structured log speaks.
 * Ending: the first signal stops it in order, within STOP_WITHIN_MS; a second one at once.
 */

const STOP_WITHIN_MS = 20_000;

let service: RunningService | null = null;
let stopping: Promise<void> | null = null;
/** Widened, because a signal may set it while the start awaits, which the compiler cannot see. */
let isStopAsked = false as boolean;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(lines: string): void {
  process.stderr.write(`${lines.replace(/^/gm, 'winnow: ')}\n`);
}

function endInOrder(exitCode: number): void {
  isStopAsked = true;
  if (!service) return;
  stopping ??= service.stop();
  const overdue = setTimeout(() => {
    complain('Stopping took too long; ending now.');
    process.exit(1);
  }, STOP_WITHIN_MS);
  void stopping.then(
    () => {
      clearTimeout(overdue);
      process.exit(exitCode);
    },
    () => process.exit(1),
  );
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (!stopping && !isStopAsked) say('Stopping.');
    endInOrder(0);
  });
}

try {
  const settings = readSettings(readEnvironment());
  const logger = makeLogger(settings.log.level);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => {
      logger.fatal(describeError(thrown), 'a fault of its own; ending');
      complain('A fault of its own; the log says where. Ending.');
      if (service) endInOrder(1);
      else process.exit(1);
    });
  }
  const started = await startService(settings, logger);
  service = started;
  const { embedded, platform } = started.connected;
  platform.fatal.onExit((why) => {
    complain(why);
    endInOrder(1);
  });
  void embedded?.died.then((tail) => {
    if (stopping) return;
    complain(`The embedded PostgreSQL ended by itself; start again. It said last:\n${tail}`);
    endInOrder(1);
  });
  describeStart(started).forEach(say);
  if (isStopAsked) endInOrder(0);
} catch (error) {
  complain(explain(error));
  process.exit(1);
}

/** One sentence per fault for what an operator can mend; a stack only for what is our own fault. */
function explain(error: unknown): string {
  if (error instanceof SettingsFault) return error.faults.join('\n');
  if (error instanceof StartFault || error instanceof EmbeddedPostgresFault) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
