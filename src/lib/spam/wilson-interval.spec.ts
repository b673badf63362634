import fc from 'fast-check';
import { wilsonInterval } from './wilson-interval.js';

const Z = 1.959963984540054;

const sample = fc
  .integer({ min: 1, max: 1_000_000 })
  .chain((of) => fc.record({ of: fc.constant(of), found: fc.integer({ min: 0, max: of }) }));

describe('wilsonInterval', () => {
  // Worked by hand and published, for instance by Newcombe (Statistics in Medicine 17, 1998, table I).
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
  ])('of %d in %d is %d to %d', (found, of, low, high) => {
    const interval = wilsonInterval(found, of);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('knows nothing of an empty sample', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  it('holds the share that was found, within 0 and 1', () => {
    fc.assert(
      fc.property(sample, ({ found, of }) => {
        const { low, high } = wilsonInterval(found, of)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(found / of);
        expect(high).toBeGreaterThanOrEqual(found / of);
        expect(high).toBeGreaterThan(low);
      }),
    );
  });

  it('ends where the count is just what a true share would give at 1.96 of its own deviations', () => {
    fc.assert(
      fc.property(sample, ({ found, of }) => {
        const interval = wilsonInterval(found, of)!;
        for (const end of [interval.low, interval.high]) {
          if (end === 0 || end === 1) continue;
          const distance = (found / of - end) ** 2;
          const deviation = (end * (1 - end)) / of;
          expect(distance / (Z * Z * deviation)).toBeCloseTo(1, 4);
        }
      }),
    );
  });

  it('is the same seen from the other side', () => {
    fc.assert(
      fc.property(sample, ({ found, of }) => {
        const { low, high } = wilsonInterval(found, of)!;
        const other = wilsonInterval(of - found, of)!;
        expect(other.low).toBeCloseTo(1 - high, 10);
        expect(other.high).toBeCloseTo(1 - low, 10);
      }),
    );
  });

  it('narrows as the sample grows', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 2, max: 100 }), ({ found, of }, times) => {
        const small = wilsonInterval(found, of)!;
        const large = wilsonInterval(found * times, of * times)!;
        expect(large.high - large.low).toBeLessThan(small.high - small.low);
      }),
    );
  });
});
