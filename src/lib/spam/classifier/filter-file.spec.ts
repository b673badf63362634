import fc from 'fast-check';
import { decodeFilter, encodeFilter } from './filter-file.js';
import { encodeWeights, type Filter } from './filter.js';
import { FEATURE_COUNT } from './hashing.js';

function makeFilter(weights: readonly (readonly [number, number])[], met: readonly number[]): Filter {
  const all = new Float64Array(FEATURE_COUNT);
  for (const [at, weight] of weights) all[at] = weight;
  const bits = new Uint8Array(FEATURE_COUNT >> 3);
  for (const at of met) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
  const calibration = { slope: 1.7, offset: 0.9 };
  return { ...encodeWeights(all), bias: -0.4, met: bits, calibration, thresholds: { hold: 0.2, spam: 1.7 } };
}

describe('a filter as bytes', () => {
  it('reads back what was written', () => {
    const number = fc.integer({ min: 0, max: FEATURE_COUNT - 1 });
    const weights = fc.array(fc.tuple(number, fc.double({ min: -20, max: 20, noNaN: true })), { maxLength: 50 });
    fc.assert(
      fc.property(weights, fc.array(number, { maxLength: 50 }), (some, met) => {
        const filter = makeFilter(some, met);
        const bytes = encodeFilter(filter, { from: 'a test' });
        const read = decodeFilter(bytes);
        expect(read.codes.every((code, at) => code === filter.codes[at])).toBe(true);
        expect(read.met.every((byte, at) => byte === filter.met[at])).toBe(true);
        expect(read).toMatchObject({
          bias: filter.bias,
          calibration: filter.calibration,
          provenance: { from: 'a test' },
        });
        expect(Buffer.from(encodeFilter(read, read.provenance)).equals(bytes)).toBe(true);
      }),
      { numRuns: 3 },
    );
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['another file', new TextEncoder().encode('{"format":"other"}\n')],
    ['a filter cut short', encodeFilter(makeFilter([], []), null).subarray(0, 1_000)],
  ])('says what is wrong with %s', (_what, bytes) => {
    expect(() => decodeFilter(bytes)).toThrow('not a filter that winnow train has made');
  });
});
