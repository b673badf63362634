import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const CLIENT = fileURLToPath(new URL('flood-client.js', import.meta.url));

export interface FloodOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly site: string;
  readonly clients: number;
  readonly forMs: number;
}

/** Times in milliseconds. */
export interface Answers {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly withoutRetryAfter: number;
}

/** Clients that submit and never pause, in a process of their own, so that who measures is not slowed by them. */
export class FloodClient {
  isOver = false;

  private constructor(
    /** By status. */
    readonly answers: Promise<Readonly<Record<string, Answers>>>,
  ) {
    const end = (): void => {
      this.isOver = true;
    };
    void answers.then(end, end);
  }

  static start(options: FloodOptions): FloodClient {
    const child = spawn(process.execPath, [CLIENT, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const read = async (): Promise<Record<string, Answers>> => {
      const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      return JSON.parse(said) as Record<string, Answers>;
    };
    return new FloodClient(read());
  }
}
