import fc from 'fast-check';
import type { CommentLabel } from './replay-comment.js';
import { countEach, isComplete, percentile, tally, type ReplayResult } from './replay-result.js';
import { NONE, RESULT } from './replay-result.fixture.spec-support.js';
import type { Submission } from './submit-comment.js';

function submission(label: CommentLabel): Submission {
  const author = { name: 'Ann', email: 'ann@posteo.de' };
  const comment = { line: 1, label, author, body: 'Hi', wasCut: false, hasMadeUpEmail: false };
  return { comment, article: 'a', idempotencyKey: 'k' };
}

describe('isComplete', () => {
  const complete: ReplayResult = {
    ...RESULT,
    labels: { spam: { sent: 1, refused: 0, statuses: { spam: 1 } }, ham: NONE, unlabelled: NONE },
  };

  it('is true when all was sent, taken and screened', () => {
    expect(isComplete(complete)).toBe(true);
  });

  it.each<[string, Partial<ReplayResult>]>([
    ['a refused comment', { labels: RESULT.labels }],
    [
      'a comment still waiting',
      { labels: { ...complete.labels, ham: { sent: 1, refused: 0, statuses: { received: 1 } } } },
    ],
    ['a malformed line', { malformed: [{ file: 'a', line: 1, why: 'it is not JSON' }] }],
    ['a comment not sent', { notSent: 1 }],
    ['a trouble', { troubles: ['Interrupted.'] }],
  ])('is false with %s', (_what, part) => {
    expect(isComplete({ ...complete, ...part })).toBe(false);
  });
});

describe('tally', () => {
  it('counts by label, and what nothing is known of as received', () => {
    const acknowledged = (['spam', 'spam', 'ham'] as const).map((label, index) => ({
      submission: submission(label),
      id: `${index}`,
      receipt: '',
    }));
    const refused = [{ submission: submission('ham'), code: 'invalid-body' }];
    expect(
      tally(
        { acknowledged, refused },
        new Map([
          ['0', 'spam'],
          ['2', 'published'],
        ]),
      ),
    ).toEqual({
      spam: { sent: 2, refused: 0, statuses: { spam: 1, received: 1 } },
      ham: { sent: 2, refused: 1, statuses: { published: 1 } },
      unlabelled: NONE,
    });
  });
});

describe('countEach', () => {
  it('counts names that every object has', () => {
    expect(Object.entries(countEach(['constructor', 'a', 'constructor']))).toEqual([
      ['constructor', 2],
      ['a', 1],
    ]);
  });
});

describe('percentile', () => {
  it('is null of nothing', () => {
    expect(percentile([], 0.5)).toBeNull();
  });

  it('is the smallest value that covers the share', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const found = percentile(values, share) ?? NaN;
        expect(values).toContain(found);
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * values.length);
        expect(values.filter((value) => value < found).length).toBeLessThanOrEqual(share * values.length);
      }),
    );
  });
});
