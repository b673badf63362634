import type { Verdicts } from './verdicts.js';
import { waitForScreening, type Screening, type ScreeningTerms } from './wait-for-screening.js';

function follow(
  polls: readonly number[],
  terms: Partial<ScreeningTerms> = {},
): Promise<Screening & { readonly seen: readonly number[]; readonly pauses: readonly number[] }> {
  const seen: number[] = [];
  const pauses: number[] = [];
  let index = 0;
  const verdicts: Verdicts = {
    source: 'moderation',
    poll: () => Promise.resolve(polls[Math.min(index++, polls.length - 1)] ?? 0),
    read: () => Promise.resolve(new Map()),
  };
  return waitForScreening(verdicts, {
    total: 10,
    giveUpAfterMs: 60_000,
    wait: (ms) => Promise.resolve(pauses.push(ms) > 0),
    onScreened: (count) => seen.push(count),
    ...terms,
  }).then((screening) => ({ ...screening, seen, pauses }));
}

describe('waitForScreening', () => {
  it('waits for the last verdict', async () => {
    const { stoppedBy, seen } = await follow([0, 4, 4, 9, 10]);
    expect(stoppedBy).toBeNull();
    expect(seen).toEqual([4, 9, 10]);
  });

  it('does not let an estimate run backwards', async () => {
    expect((await follow([6, 3, 7, 10])).seen).toEqual([6, 7, 10]);
  });

  it('asks less and less often, but at least twice a second', async () => {
    const { pauses } = await follow([...Array.from({ length: 20 }, () => 1), 10]);
    expect(pauses.slice(0, 3)).toEqual([50, 75, 112.5]);
    expect(pauses.at(-1)).toBe(500);
  });

  it('gives up when nothing new comes, and says for how long it waited', async () => {
    const { stoppedBy, seen } = await follow([3], { giveUpAfterMs: 0, wait: () => Promise.resolve(true) });
    expect(seen).toEqual([3]);
    expect(stoppedBy).toBe('no new verdict for 0 s; is a worker running (ROLE=worker or all)?');
  });

  it('ends when it is interrupted', async () => {
    expect((await follow([3], { wait: () => Promise.resolve(false) })).stoppedBy).toBe('interrupted');
  });
});
