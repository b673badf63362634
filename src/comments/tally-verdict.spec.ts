import { COMMENT_STATUSES, type CommentStatus } from './comment-status.js';
import { TALLIES, tallyVerdict, type MachineAnswer, type Tally } from './tally-verdict.js';

const AT = new Date('2026-11-25T12:00:00Z');

function tally(answer: Partial<MachineAnswer>, status: CommentStatus): Partial<Tally> {
  const all = tallyVerdict({ label: 'ham', to: 'published', isBlind: false, at: AT, ...answer }, status);
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count !== 0));
}

describe('tallyVerdict', () => {
  const PUT_AWAY = { label: 'spam', to: 'spam' } as const;
  const LET_OUT = { label: 'ham', to: 'published' } as const;
  const HELD = { label: 'ham', to: 'pending' } as const;

  it.each<[string, Partial<MachineAnswer>, CommentStatus, Partial<Tally>]>([
    ['spam that was put away', PUT_AWAY, 'spam', { put_away: 1 }],
    ['spam that a person put back into the queue', PUT_AWAY, 'pending', { put_away: 1, restored: 1 }],
    ['spam that a person published', PUT_AWAY, 'published', { put_away: 1, restored: 1 }],
    ['spam that a person approved', PUT_AWAY, 'approved', { put_away: 1, restored: 1 }],
    ['spam that a person found unfit in other ways', PUT_AWAY, 'rejected', { put_away: 1 }],
    ['what was let out', LET_OUT, 'published', { let_out: 1 }],
    ['what was let out and marked as spam', LET_OUT, 'spam', { let_out: 1, marked: 1 }],
    ['what was let out and taken off the page', LET_OUT, 'approved', { let_out: 1 }],
    ['what was approved by the policy', { to: 'approved' }, 'spam', { let_out: 1, marked: 1 }],
    ['what was let out and rejected', LET_OUT, 'rejected', { let_out: 1 }],
    ['what was held', HELD, 'pending', { held: 1 }],
    ['what was held, and found to be spam by a person', HELD, 'spam', { held: 1 }],
  ])('counts %s', (_, answer, status, expected) => {
    expect(tally(answer, status)).toEqual({ screened: 1, ...expected });
  });

  describe('of the blind share', () => {
    it.each<[string, Partial<MachineAnswer>, CommentStatus, Partial<Tally>]>([
      ['spam that waits', PUT_AWAY, 'pending', { held: 1 }],
      ['spam that is to be screened anew', PUT_AWAY, 'received', { held: 1 }],
      ['spam that people call spam', PUT_AWAY, 'spam', { put_away: 1, blind_spam: 1 }],
      [
        'spam that people find fine',
        PUT_AWAY,
        'published',
        { put_away: 1, restored: 1, blind_ham: 1, false_positives: 1 },
      ],
      ['spam that people find unfit', PUT_AWAY, 'rejected', { put_away: 1 }],
      ['ham that waits', LET_OUT, 'pending', { held: 1 }],
      ['ham that people find fine', LET_OUT, 'approved', { let_out: 1, blind_ham: 1 }],
      ['ham that people call spam', LET_OUT, 'spam', { let_out: 1, marked: 1, blind_spam: 1, false_negatives: 1 }],
      ['ham held by policy that is spam', HELD, 'spam', { held: 1, blind_spam: 1, false_negatives: 1 }],
      ['what it was not sure of and is spam', { label: 'unsure', to: 'pending' }, 'spam', { held: 1, blind_spam: 1 }],
      [
        'what it was not sure of, would have let out, and is spam',
        { label: 'unsure', to: 'published' },
        'spam',
        { let_out: 1, marked: 1, blind_spam: 1, false_negatives: 1 },
      ],
      [
        'what it was not sure of and is fine',
        { label: 'unsure', to: 'pending' },
        'approved',
        { held: 1, blind_ham: 1 },
      ],
    ])('counts %s', (_, answer, status, expected) => {
      expect(tally({ ...answer, isBlind: true }, status)).toEqual({ screened: 1, blind: 1, ...expected });
    });
  });

  it('adds up in every case: each comment is in one of three, and a mistake is never more than what it is a part of', () => {
    for (const label of ['ham', 'unsure', 'spam'] as const) {
      for (const to of ['pending', 'spam', 'approved', 'published'] as const) {
        for (const status of COMMENT_STATUSES) {
          for (const isBlind of [false, true]) {
            const one = tallyVerdict({ label, to, isBlind, at: AT }, status);
            expect(Object.keys(one)).toEqual(TALLIES);
            expect(one.put_away + one.held + one.let_out).toBe(one.screened);
            expect(one.restored).toBeLessThanOrEqual(one.put_away);
            expect(one.marked).toBeLessThanOrEqual(one.let_out);
            expect(one.blind_ham + one.blind_spam).toBeLessThanOrEqual(one.blind);
            expect(one.false_positives).toBeLessThanOrEqual(one.blind_ham);
            expect(one.false_negatives).toBeLessThanOrEqual(one.blind_spam);
          }
        }
      }
    }
  });
});
