import type { Wait } from './patience.js';
import type { Verdicts } from './verdicts.js';

export interface Screening {
  /** Until the last verdict, or until the wait ended without it. */
  readonly tookMs: number;
  /** Why it ended before the last verdict; null when it did not. */
  readonly stoppedBy: string | null;
}

export interface ScreeningTerms {
  readonly total: number;
  /** Without a single new verdict. */
  readonly giveUpAfterMs: number;
  readonly wait: Wait;
  readonly onScreened: (count: number) => void;
}

const FIRST_PAUSE_MS = 50;
/** Bounds what the measured time may be too long by. */
const LONGEST_PAUSE_MS = 500;

export async function waitForScreening(
  verdicts: Verdicts,
  { total, giveUpAfterMs, wait, onScreened }: ScreeningTerms,
): Promise<Screening> {
  const startedAt = performance.now();
  let newsAt = startedAt;
  let pauseMs = FIRST_PAUSE_MS;
  for (let most = 0; ;) {
    const screened = await verdicts.poll();
    const now = performance.now();
    if (screened > most) {
      most = screened;
      newsAt = now;
      onScreened(most);
    }
    const tookMs = now - startedAt;
    if (screened >= total) return { tookMs, stoppedBy: null };
    if (now - newsAt >= giveUpAfterMs) {
      const why = `no new verdict for ${giveUpAfterMs / 1000} s; is a worker running (ROLE=worker or all)?`;
      return { tookMs, stoppedBy: why };
    }
    if (!(await wait(pauseMs))) return { tookMs, stoppedBy: 'interrupted' };
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS);
  }
}
