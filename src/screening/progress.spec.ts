import { Progress } from './progress.js';

const MINUTE = 60_000;

describe('Progress', () => {
  it('is working while nothing is due', () => {
    const progress = new Progress();
    for (let now = 0; now < 100 * MINUTE; now += 5_000) expect(progress.look(0, now)).toBe('working');
  });

  it('gives due work a minute', () => {
    const progress = new Progress();
    expect(progress.look(3, 0)).toBe('working');
    expect(progress.look(3, MINUTE - 1)).toBe('working');
    expect(progress.look(3, MINUTE)).toBe('stuck');
  });

  it('is hopeless when the minute after the rebuilding brought nothing either', () => {
    const progress = new Progress();
    progress.look(3, 0);
    expect(progress.look(3, MINUTE)).toBe('stuck');
    expect(progress.look(3, 2 * MINUTE - 1)).toBe('working');
    expect(progress.look(3, 2 * MINUTE)).toBe('hopeless');
  });

  it('forgets its worries with every job that is done', () => {
    const progress = new Progress();
    progress.look(3, 0);
    progress.look(3, MINUTE);
    progress.completed();
    expect(progress.look(3, 2 * MINUTE)).toBe('working');
    expect(progress.look(3, 3 * MINUTE)).toBe('stuck');
  });

  // What one worker's sweep found may be done by another worker; then nothing is due, and nobody is stuck.
  it('is not stuck when nothing is due any more, whoever did it', () => {
    const progress = new Progress();
    progress.look(3, 0);
    expect(progress.look(0, 30_000)).toBe('working');
    expect(progress.look(0, MINUTE)).toBe('working');
    expect(progress.look(0, 10 * MINUTE)).toBe('working');
  });
});
