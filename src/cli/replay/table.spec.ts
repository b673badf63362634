import fc from 'fast-check';
import { NONE, RESULT } from './replay-result.fixture.spec-support.js';
import { alignColumns, renderResult } from './table.js';

const TABLE = `Run 0badcafe on http://localhost:3000, site demo
  a.jsonl: 30 comments, article replay-a

label  sent  refused  published  approved  pending  spam  rejected  received
spam     21        1          1         0        4    15         0         0
ham       9        0          6         0        2     1         0         0
all      30        1          7         0        6    16         0         0

spam caught (put away or held)  95.0 %
  put away                      75.0 %
ham put away as spam            11.1 %
ham let through                 66.7 %

reading       0.01 s
sending       1.00 s  30 comments/s; a submission took 12 ms (p50), 40 ms (p99)
screening     0.50 s  from the last acknowledgement to the last verdict
in all        1.50 s  20 comments/s sent and screened

Statuses from the moderators’ lists.
Refused: 1 invalid-body.`;

describe('renderResult', () => {
  it('prints counts by label, shares and times', () => {
    expect(renderResult(RESULT)).toBe(TABLE);
  });

  it('counts what still waits as neither caught nor let through', () => {
    const spam = { sent: 10, refused: 0, statuses: { received: 8, spam: 1, published: 1 } };
    const text = renderResult({ ...RESULT, labels: { spam, ham: NONE, unlabelled: NONE } });
    expect(text).toMatch(/^spam caught \(put away or held\) +50\.0 %$/m);
  });

  it('has a dash for the share of nothing', () => {
    const spam = { sent: 1, refused: 1, statuses: {} };
    const text = renderResult({ ...RESULT, labels: { spam, ham: NONE, unlabelled: NONE } });
    expect(text).toMatch(/^spam caught \(put away or held\) +-$/m);
    expect(text).not.toContain('ham');
  });

  it('does not pretend to know from receipts what was put away', () => {
    const spam = { sent: 4, refused: 0, statuses: { pending: 3, declined: 1 } };
    const ham = { sent: 2, refused: 0, statuses: { published: 1, pending: 1 } };
    const text = renderResult({ ...RESULT, statusesFrom: 'receipts', labels: { spam, ham, unlabelled: NONE } });
    expect(text).toMatch(/^label +sent +refused +published +pending +declined +received$/m);
    expect(text).toMatch(/^spam caught \(put away or held\) +100\.0 %$/m);
    expect(text).toMatch(/^ham put away as spam +not known from receipts$/m);
    expect(text).toContain('the key has no moderation:read');
  });

  it('says that holding everything proves nothing', () => {
    const spam = { sent: 4, refused: 0, statuses: { pending: 4 } };
    expect(renderResult({ ...RESULT, labels: { spam, ham: NONE, unlabelled: NONE } })).toContain(
      'Nothing was let through',
    );
    expect(renderResult(RESULT)).not.toContain('Nothing was let through');
  });

  it('names everything that did not go as it should', () => {
    const malformed = [{ file: 'a.jsonl', line: 3, why: 'it is not JSON' }];
    const troubles = ['Sending ended early: interrupted.'];
    const text = renderResult({ ...RESULT, malformed, cut: 2, madeUpEmails: 1, notSent: 5, troubles });
    expect(text).toContain('1 malformed line skipped.');
    expect(text).toContain('2 texts longer than 10,000 characters cut.');
    expect(text).toContain('1 comment had no e-mail address');
    expect(text).toContain('5 comments not sent.');
    expect(text).toContain('Sending ended early: interrupted.');
  });
});

describe('alignColumns', () => {
  it('makes every line as long as the others, for any cells', () => {
    const cell = fc.stringMatching(/^[a-z0-9]{0,8}$/);
    const rows = fc
      .integer({ min: 1, max: 6 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    fc.assert(
      fc.property(rows, (cells) => {
        expect(
          new Set(
            alignColumns(cells)
              .split('\n')
              .map((line) => line.length),
          ).size,
        ).toBe(1);
      }),
    );
  });
});
