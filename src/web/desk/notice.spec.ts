import { Secrets } from '../../platform/signing/secrets.js';
import { canUndo, describeNotice, openNotice, sealNotice, type Notice } from './notice.js';

const secrets = new Secrets(Buffer.from('a secret of at least sixteen bytes'));
const ONE: Notice = {
  decision: 'approve',
  status: 'published',
  moved: [{ id: '01890a5d-ac96-774b-bcce-b302099a8057', version: 3 }],
  inForce: 0,
  kept: 0,
  refused: 0,
};

describe('a notice', () => {
  it('comes back as it was sealed, for the same person on the same site', () => {
    expect(openNotice(secrets, ['site', 'ada'], sealNotice(secrets, ['site', 'ada'], ONE))).toEqual(ONE);
  });

  it.each([[['site', 'bob']], [['other', 'ada']]] as const)('is nothing to %j', (scope) => {
    expect(openNotice(secrets, scope, sealNotice(secrets, ['site', 'ada'], ONE))).toBeNull();
  });

  it.each([undefined, '', 'x', 'e30'])('is not made of %j', (sealed) => {
    expect(openNotice(secrets, ['site', 'ada'], sealed)).toBeNull();
  });

  it.each([
    [ONE, 'Approved and published'],
    [{ ...ONE, status: 'approved' }, 'Approved'],
    [{ ...ONE, decision: 'undo' }, 'Undone'],
    [
      { ...ONE, decision: 'spam', moved: [...ONE.moved, ...ONE.moved], refused: 1 },
      /^2 comments: marked as spam\. 1 comment left as found/,
    ],
    [{ ...ONE, moved: [], inForce: 1 }, '1 comment had been dealt with in the same way already'],
    [{ ...ONE, moved: [], kept: 1 }, 'Kept. Its reports are settled'],
    [{ ...ONE, moved: [], kept: 2, refused: 1 }, /^2 comments kept\. Their reports are settled\. 1 comment left/],
    [{ ...ONE, moved: [] }, 'Nothing was selected'],
  ] as const)('%# says what was done', (notice, words) => {
    expect(describeNotice(notice)).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
  });

  it('offers to undo what can be undone', () => {
    expect(canUndo(ONE)).toBe(true);
    for (const notice of [
      { ...ONE, moved: [] },
      { ...ONE, decision: 'undo' },
      { ...ONE, decision: 'delete' },
    ] as const) {
      expect(canUndo(notice)).toBe(false);
    }
  });
});
