import fc from 'fast-check';
import { cutIntoParts } from './sentences.js';

describe('cutIntoParts', () => {
  it('cuts behind sentences and lines, and lets short ones go along', () => {
    expect(
      cutIntoParts(
        'The first sentence is of this length. Yes! And the second one is as long as that.\nA line of its own, also long.',
      ),
    ).toEqual([
      'The first sentence is of this length. ',
      'Yes! And the second one is as long as that.\n',
      'A line of its own, also long.',
    ]);
  });

  it('has nothing to cut in a short text, or in one sentence', () => {
    expect(cutIntoParts('Yes! No.')).toEqual([]);
    expect(cutIntoParts('one long sentence without any end that goes on and on and on')).toEqual([]);
  });

  it('loses nothing and makes few parts, of any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '.', '!', ' ', '\n', '。', '”'), maxLength: 3_000 }),
        (text) => {
          const parts = cutIntoParts(text);
          expect(parts.length === 0 || parts.join('') === text).toBe(true);
          expect(parts.length).toBeLessThanOrEqual(25);
        },
      ),
    );
  });
});
