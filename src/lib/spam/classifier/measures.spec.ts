import { calibrationError, errorArea, recallAt, shareAbove, thresholdAt } from './measures.js';

const scored = (spam: readonly number[], ham: readonly number[]) => [
  ...spam.map((score) => ({ score, isSpam: true })),
  ...ham.map((score) => ({ score, isSpam: false })),
];

describe('the error area', () => {
  it('is the share of pairs that stand the wrong way round, a level pair for half', () => {
    expect(errorArea(scored([3, 4], [1, 2]))).toBe(0);
    expect(errorArea(scored([1, 2], [3, 4]))).toBe(100);
    expect(errorArea(scored([1, 3], [2]))).toBe(50);
    expect(errorArea(scored([2], [2, 1]))).toBe(25);
  });

  it('is not known where a kind is missing', () => {
    expect(errorArea(scored([1], []))).toBeNaN();
  });
});

describe('recall at a share of ham', () => {
  const ham = Array.from({ length: 1_000 }, (_, at) => at);

  it('sets the limit so that at most that share of the ham lies above', () => {
    expect(thresholdAt(scored([], ham), 0.01)).toBe(989);
    expect(shareAbove(scored([], ham), 989, false)).toBe(1);
  });

  it('counts the spam above it', () => {
    expect(recallAt(scored([500, 989, 990, 2_000], ham), 0.01)).toBe(50);
  });
});

describe('the calibration error', () => {
  it('is nothing where three in four of those called 75 % are spam, and large where none is', () => {
    const odds = Math.log(3);
    expect(calibrationError(scored([odds, odds, odds], [odds]))).toBeCloseTo(0, 6);
    expect(calibrationError(scored([], [odds, odds]))).toBeCloseTo(75, 6);
  });
});
