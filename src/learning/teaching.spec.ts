import fc from 'fast-check';
import { DECISIONS, type Action } from '../comments/comment-status.js';
import { labelAfter, type DecidedLabel } from '../comments/decided-label.js';
import { teachingsOf, type HistoryEvent } from './teaching.js';

/** The arrival, then one event after another with the seqs 1, 2, 3. */
function history(...actions: (Action | 'edit by a person' | readonly [Action, string])[]): HistoryEvent[] {
  const events = actions.map((action, index): HistoryEvent => {
    const seq = index + 1;
    if (action === 'edit by a person') return { action: 'edit', actorKind: 'person', reason: null, seq };
    const [name, reason] = typeof action === 'string' ? [action, null] : action;
    return { action: name, actorKind: name === 'edit' ? 'author' : 'person', reason, seq };
  });
  return [{ action: 'submit', actorKind: 'author', reason: null, seq: null }, ...events];
}

const last = (...actions: Parameters<typeof history>): unknown => teachingsOf(history(...actions)).at(-1);

describe('what a comment teaches', () => {
  it.each<[string, Parameters<typeof history>, unknown]>([
    ['nothing until a person decides', ['screening'], null],
    ['ham when it is approved', ['screening', 'approve'], { label: 'ham', seq: 2 }],
    ['ham when it is published', ['publish'], { label: 'ham', seq: 1 }],
    ['spam when it is marked so', ['screening', 'spam'], { label: 'spam', seq: 2 }],
    ['nothing when it is rejected', ['reject'], null],
    ['spam when it is rejected as such', [['reject', 'Spam.']], { label: 'spam', seq: 1 }],
    ['no more ham when it is rejected', ['publish', 'reject'], null],
    ['ham still when it is only taken off the page', ['publish', 'unpublish'], { label: 'ham', seq: 1 }],
    ['nothing new when the approved is published', ['approve', 'publish'], { label: 'ham', seq: 1 }],
    ['nothing when it is taken back into the queue', ['spam', 'restore'], null],
    ['spam still when it is deleted', ['spam', 'delete'], { label: 'spam', seq: 1 }],
    ['no more ham when it is deleted', ['publish', 'delete'], null],
    ['no more ham when its author edits it', ['publish', 'edit', 'screening'], null],
    ['no more spam when its author edits it', ['spam', 'edit', 'screening'], null],
    ['anew what is decided about the new text', ['publish', 'edit', 'screening', 'spam'], { label: 'spam', seq: 4 }],
    ['still what it was when a person edits it', ['publish', 'edit by a person'], { label: 'ham', seq: 1 }],
    ['the last word', ['spam', 'approve'], { label: 'ham', seq: 2 }],
    ['nothing after an undo', ['spam', 'undo'], null],
    ['what stood before, at its old place', ['spam', 'approve', 'undo'], { label: 'spam', seq: 1 }],
    ['spam after a restore was undone', ['spam', 'restore', 'undo'], { label: 'spam', seq: 1 }],
    ['nothing when the undone is screened again', ['spam', 'undo', 'screening'], null],
    ['anew after the undo', ['spam', 'undo', 'spam'], { label: 'spam', seq: 3 }],
  ])('is %s', (_, actions, expected) => {
    expect(last(...actions)).toEqual(expected);
  });

  it('is nothing where a person of the site has written it, whatever is decided about it', () => {
    const [, ...decisions] = history('spam', 'publish', 'undo', 'approve');
    const arrival: HistoryEvent = { action: 'reply', actorKind: 'person', reason: null, seq: 0 };
    expect(teachingsOf([arrival, ...decisions])).toEqual([null, null, null, null, null]);
  });

  const action = fc.constantFrom<Action>('screening', ...DECISIONS.filter((decision) => decision !== 'undo'));

  it('is after a decision and its undo what it was before', () => {
    fc.assert(
      fc.property(fc.array(action), action, (before, decision) => {
        expect(last(...before, decision, 'undo')).toEqual(last(...before));
      }),
    );
  });

  it('is the label that authors and links are judged by, but for spam that was deleted', () => {
    const kept = action.filter((name) => name !== 'delete');
    fc.assert(
      fc.property(fc.array(kept), (actions) => {
        let standing: { decided: DecidedLabel | null; decidedBefore: DecidedLabel | null } = {
          decided: null,
          decidedBefore: null,
        };
        for (const name of actions) {
          standing = { decided: labelAfter(name, standing), decidedBefore: standing.decided };
        }
        expect(teachingsOf(history(...actions)).at(-1)?.label ?? null).toBe(standing.decided);
      }),
    );
  });
});
