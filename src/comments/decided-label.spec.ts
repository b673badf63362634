import type { Action } from './comment-status.js';
import { labelAfter, standingOf } from './decided-label.js';

describe('labelAfter', () => {
  const after = (action: Action): string | null => labelAfter(action, { decided: 'ham', decidedBefore: 'spam' });

  it('is ham for what a person accepts, and spam for what they mark', () => {
    expect([after('approve'), after('publish'), after('spam')]).toEqual(['ham', 'ham', 'spam']);
  });

  it('is none for what was rejected, taken back into the queue, erased or only screened', () => {
    const actions: Action[] = ['reject', 'restore', 'delete', 'submit', 'screening'];
    expect(actions.map(after)).toEqual([null, null, null, null, null]);
  });

  it('stays when a comment is only taken off the page, and is the one before after an undo', () => {
    expect([after('unpublish'), after('undo')]).toEqual(['ham', 'spam']);
  });
});

describe('standingOf', () => {
  it('is what people decided, whatever the status', () => {
    expect([standingOf('spam', 'spam'), standingOf('ham', 'approved'), standingOf('ham', 'published')]).toEqual([
      'spam',
      'ham',
      'ham',
    ]);
  });

  it('tells apart what only a policy published, and is none for all else', () => {
    expect([standingOf(null, 'published'), standingOf(null, 'spam'), standingOf(null, 'pending')]).toEqual([
      'out',
      null,
      null,
    ]);
  });
});
