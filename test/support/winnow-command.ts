import { PassThrough, Readable } from 'node:stream';
import { runWinnow } from '../../src/cli/run-winnow.js';
import type { TestDatabase } from './test-database.js';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `winnow …` in this process. */
export async function winnow(
  args: readonly string[],
  environment: Record<string, string>,
  surroundings: { in?: Readable; interrupted?: AbortSignal } = {},
): Promise<Outcome> {
  const outcome = await winnowBytes(args, environment, surroundings);
  return { ...outcome, out: outcome.out.toString() };
}

/** The same, for a command whose output is no text. */
export async function winnowBytes(
  args: readonly string[],
  environment: Record<string, string>,
  surroundings: { in?: Readable; interrupted?: AbortSignal } = {},
): Promise<{ code: number; out: Buffer; err: string }> {
  const [out, err] = [collector(), collector()];
  const code = await runWinnow(args, {
    in: surroundings.in ?? new PassThrough(),
    out: out.stream,
    err: err.stream,
    environment,
    interrupted: surroundings.interrupted ?? new AbortController().signal,
  });
  return { code, out: out.bytes(), err: err.bytes().toString() };
}

function collector(): { stream: PassThrough; bytes: () => Buffer } {
  const stream = new PassThrough();
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  const bytes = (): Buffer => {
    // What was written in the same turn has not been told yet.
    const rest = stream.read() as Buffer | null;
    return Buffer.concat(rest ? [...parts, rest] : parts);
  };
  return { stream, bytes };
}

/** The settings of a service on the database. */
export function serviceOn(urls: TestDatabase['urls']): Record<string, string> {
  return { DATABASE_URL: urls.app, MIGRATION_DATABASE_URL: urls.owner, QUEUE_DATABASE_URL: urls.queue };
}
