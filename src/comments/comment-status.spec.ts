import { COMMENT_STATUSES, DECISIONS, ruleOn, type CommentStatus, type Decision } from './comment-status.js';

/*
 * The table of docs and design, typed a second time by hand. For each decision: what becomes of a comment in each
 * status. A status is where it goes, `=` in force already, `-` refused.
 */
const STATUSES = ['received', 'pending', 'spam', 'approved', 'published', 'rejected', 'deleted'] as const;
const TABLE: Readonly<Record<Exclude<Decision, 'undo'>, string>> = {
  approve: '  published published published =         =         published -',
  publish: '  published published published published =         published -',
  unpublish: '-         -         -         =         approved  -         -',
  reject: '   rejected  rejected  rejected  rejected  rejected  =         -',
  spam: '     spam      spam      =         spam      spam      spam      -',
  restore: '  -         =         pending   pending   pending   pending   -',
  delete: '   deleted   deleted   deleted   deleted   deleted   deleted   =',
};

const CELLS = Object.entries(TABLE).flatMap(([decision, row]) =>
  row
    .trim()
    .split(/\s+/)
    .map((expected, index) => [decision as keyof typeof TABLE, STATUSES[index]!, expected] as const),
);

function outcome(decision: keyof typeof TABLE, from: CommentStatus, publishOnApproval = true): string {
  const ruling = ruleOn(decision, from, publishOnApproval);
  if (ruling.kind === 'move') return ruling.to;
  return ruling.kind === 'in-force' ? '=' : '-';
}

describe('the table of moves', () => {
  it('is whole: seven decisions in seven statuses', () => {
    expect(CELLS).toHaveLength(49);
    expect([...COMMENT_STATUSES]).toEqual([...STATUSES]);
    expect(DECISIONS.filter((decision) => decision !== 'undo').sort()).toEqual(Object.keys(TABLE).sort());
  });

  it.each(CELLS)('%s on a %s comment: %s', (decision, from, expected) => {
    expect(outcome(decision, from)).toBe(expected);
  });

  it.each(['received', 'pending', 'spam', 'rejected'] as const)(
    'approves a %s comment without publishing it where the site says so',
    (from) => {
      expect(outcome('approve', from, false)).toBe('approved');
    },
  );

  it('publishes by `publish` whatever the site says', () => {
    expect(outcome('publish', 'approved', false)).toBe('published');
  });

  it('lets nothing out of a deletion', () => {
    for (const [decision] of CELLS) expect(['-', '=']).toContain(outcome(decision, 'deleted'));
  });

  it('never moves a comment to where it stands', () => {
    for (const [decision, from] of CELLS) {
      for (const publishOnApproval of [true, false]) expect(outcome(decision, from, publishOnApproval)).not.toBe(from);
    }
  });

  it('finds in force what it has just done', () => {
    for (const [decision, from] of CELLS) {
      const to = outcome(decision, from);
      if (to !== '-' && to !== '=') expect(outcome(decision, to as CommentStatus)).toBe('=');
    }
  });
});
