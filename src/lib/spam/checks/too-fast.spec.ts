import { signalsOf } from '../evidence.fixture.spec-support.js';
import { tooFast } from './too-fast.js';

const reasonsFor = (secondsToWrite: number | null): readonly string[] =>
  signalsOf(tooFast(), {}, { secondsToWrite }).map(({ why }) => why);

describe('tooFast', () => {
  it('says how fast', () => {
    expect(reasonsFor(1.23)).toEqual(['sent 1.2 seconds after the form was opened']);
  });

  it('is silent from three seconds on and without a form token', () => {
    expect([reasonsFor(3), reasonsFor(3600), reasonsFor(null), reasonsFor(Number.NaN)]).toEqual([[], [], [], []]);
  });

  it('takes a time before the form was opened for no time', () => {
    expect(reasonsFor(-0.4)).toEqual(['sent 0.0 seconds after the form was opened']);
  });
});
