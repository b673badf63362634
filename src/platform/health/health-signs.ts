/**
 * How the screening goes, in a word: `waiting` has work and no queue to get it from, which no restart mends; `stuck` has
 * work and a queue and finishes nothing.
 */
export type ScreeningSign = 'ok' | 'waiting' | 'stuck';

/** What the rooms of a process tell about themselves. Health is answered from it without asking them. */
export class HealthSigns {
  #screening: ScreeningSign = 'ok';
  #isStopping = false;

  get screening(): ScreeningSign {
    return this.#screening;
  }

  reportScreening(sign: ScreeningSign): void {
    this.#screening = sign;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** From now on a balancer is told to send nothing more. */
  stop(): void {
    this.#isStopping = true;
  }
}
