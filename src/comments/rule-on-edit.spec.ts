import { newId, type CommentId } from '../platform/ids.js';
import { COMMENT_STATUSES, type CommentStatus, type Editor } from './comment-status.js';
import { MOST_EDITS, ruleOnEdit, type EditRequest } from './rule-on-edit.js';

const id = newId<CommentId>();

function edit(editor: Editor, status: CommentStatus, request: Partial<EditRequest> = {}, revision = 1): string {
  const ruling = ruleOnEdit(
    { status, version: 3, revision, body: 'Before.' },
    { id, body: 'After.', ...request },
    editor,
  );
  return ruling.kind === 'edited' ? `edited, then ${ruling.to}` : ruling.kind;
}

const ruled = (editor: Editor): string[] => COMMENT_STATUSES.map((status) => `${status}: ${edit(editor, status)}`);

describe('ruleOnEdit', () => {
  it('sends what its author edits back to be screened, and tells spam from nothing that waits', () => {
    expect(ruled('author')).toEqual([
      ...['received', 'pending', 'spam', 'approved', 'published'].map((status) => `${status}: edited, then received`),
      ...['rejected', 'deleted'].map((status) => `${status}: move-refused`),
    ]);
  });

  it('leaves what a person edits where it is', () => {
    expect(ruled('person').filter((ruling) => !ruling.endsWith('move-refused'))).toEqual(
      ['pending', 'approved', 'published'].map((status) => `${status}: edited, then ${status}`),
    );
  });

  it('changes nothing by the same text, and finds no fault with it either', () => {
    const late = { body: 'Before.', version: 1, isTooLate: true };
    for (const status of COMMENT_STATUSES) expect(edit('author', status, late)).toBe('in-force');
  });

  it('asks for the version before all else that could be refused', () => {
    expect(edit('person', 'rejected', { version: 2, isTooLate: true })).toBe('version-conflict');
    expect(edit('person', 'pending', { version: 3 })).toBe('edited, then pending');
  });

  it('lets an author change their mind so often, and a person as often as they must', () => {
    expect(edit('author', 'pending', {}, MOST_EDITS)).toBe('edited, then received');
    expect(edit('author', 'pending', {}, MOST_EDITS + 1)).toBe('edited-too-often');
    expect(edit('person', 'pending', {}, 100)).toBe('edited, then pending');
  });

  it('is over when the time is', () => {
    expect(edit('author', 'published', { isTooLate: true })).toBe('edit-too-late');
    expect(edit('author', 'rejected', { isTooLate: true })).toBe('edit-too-late');
  });
});
