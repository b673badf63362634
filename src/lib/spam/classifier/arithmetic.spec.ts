import fc from 'fast-check';
import { exp, log, logit, sigmoid } from './arithmetic.js';

const close = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-13 * Math.max(1e-300, Math.abs(other));

describe('arithmetic from the four operations', () => {
  it('agrees with Math.exp to thirteen digits', () => {
    fc.assert(fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => close(exp(x), Math.exp(x))));
  });

  it('agrees with Math.log to thirteen digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => Math.abs(log(x) - Math.log(x)) < 1e-12),
    );
  });

  it('has the values of the edges', () => {
    expect([exp(0), exp(Infinity), exp(-Infinity), exp(NaN)]).toEqual([1, Infinity, 0, NaN]);
    expect([log(1), log(0), log(Infinity), log(-1)]).toEqual([0, -Infinity, Infinity, NaN]);
    expect([sigmoid(0), sigmoid(1_000), sigmoid(-1_000)]).toEqual([0.5, 1, 0]);
    expect(logit(0.5)).toBe(0);
  });
});
