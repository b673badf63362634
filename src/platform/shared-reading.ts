export interface ReadingLimits {
  /** Who asks gets an answer within this, in milliseconds; null when there is none by then. */
  readonly withinMs: number;
  /** An answer, or the lack of one, is believed for this long. */
  readonly lifeMs: number;
}

/**
 * A question to something that may be slow or dead, asked on behalf of everybody who wants to know: once at a time, and
 * not again while an earlier question hangs. So neither many askers nor a dead partner cost more than one connection.
 */
export class SharedReading<Value> {
  #value: Value | null = null;
  #readAt = -Infinity;
  #pending: Promise<Value | null> | null = null;

  constructor(
    private readonly read: () => Promise<Value>,
    private readonly limits: ReadingLimits,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  async value(): Promise<Value | null> {
    if (this.nowMs() - this.#readAt < this.limits.lifeMs) return this.#value;
    this.#pending ??= this.#ask();
    return this.#within(this.#pending);
  }

  async #ask(): Promise<Value | null> {
    const value = await this.read().catch(() => null);
    this.#remember(value);
    this.#pending = null;
    return value;
  }

  async #within(pending: Promise<Value | null>): Promise<Value | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        this.#remember(null);
        resolve(null);
      }, this.limits.withinMs);
    });
    try {
      return await Promise.race([pending, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #remember(value: Value | null): void {
    this.#value = value;
    this.#readAt = this.nowMs();
  }
}
