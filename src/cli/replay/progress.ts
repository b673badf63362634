import { SingleBar } from 'cli-progress';
import type { Surroundings } from '../command.js';

/** How far a stage is, for a person who waits. */
export interface Progress {
  begin(stage: string, total: number): void;
  reach(count: number): void;
  end(): void;
}

/** In a log or a pipe a line now and then; a bar there would be a heap of control characters. */
const LINE_EVERY_MS = 5_000;

export function showProgress(stream: Surroundings['err']): Progress {
  return stream.isTTY === true ? new Bar(stream) : new Lines(stream);
}

class Bar implements Progress {
  readonly #bar: SingleBar;

  constructor(stream: NodeJS.WritableStream) {
    this.#bar = new SingleBar({
      stream,
      format: '{stage} [{bar}] {value} of {total}, {duration_formatted}, {eta_formatted} left',
      // Ctrl-C is the command's to treat.
      gracefulExit: false,
    });
  }

  begin(stage: string, total: number): void {
    this.#bar.start(total, 0, { stage: stage.padEnd(9) });
  }

  reach(count: number): void {
    this.#bar.update(count);
  }

  end(): void {
    this.#bar.stop();
  }
}

class Lines implements Progress {
  #stage = '';
  #total = 0;
  #count = 0;
  #writtenAt = 0;

  constructor(private readonly stream: NodeJS.WritableStream) {}

  begin(stage: string, total: number): void {
    this.#stage = stage;
    this.#total = total;
    this.#count = 0;
    this.#writtenAt = performance.now();
  }

  reach(count: number): void {
    this.#count = count;
    if (performance.now() - this.#writtenAt >= LINE_EVERY_MS) this.#write();
  }

  end(): void {
    this.#write();
  }

  #write(): void {
    this.#writtenAt = performance.now();
    this.stream.write(`${this.#stage}: ${this.#count} of ${this.#total}\n`);
  }
}
