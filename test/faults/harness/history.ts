import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/* What the client of a row knows, on disk before it goes on: what it sent, and what became of it as far as it was told. */

export type Entry = { readonly n: number; readonly key: string; readonly ms?: number } & (
  | { readonly what: 'sent' }
  | { readonly what: 'ok'; readonly id: string }
  | { readonly what: 'failed'; readonly status: number; readonly retryAfter: string | null }
  /** No answer: it may have happened or not. */
  | { readonly what: 'unknown'; readonly why: string }
);

const SYNC_EVERY_MS = 100;

export class History {
  readonly entries: Entry[] = [];
  readonly #file: number;
  #syncedAt = 0;

  constructor(readonly path: string) {
    this.#file = openSync(path, 'a');
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    const now = performance.now();
    if (now - this.#syncedAt < SYNC_EVERY_MS) return;
    fdatasyncSync(this.#file);
    this.#syncedAt = now;
  }

  close(): void {
    fdatasyncSync(this.#file);
    closeSync(this.#file);
  }

  /** The checker reads what is on disk, not what this process remembers. */
  static read(path: string): Entry[] {
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Entry);
  }
}

/** The value that so many per cent do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}
