import { newId, type CommentId } from '../platform/ids.js';
import { COMMENT_STATUSES, DECISIONS } from './comment-status.js';
import { ruleOnDecision, type LockedComment, type Ruling } from './rule-on-move.js';

const id = newId<CommentId>();

function comment(overrides: Partial<LockedComment> = {}): LockedComment {
  return {
    id,
    status: 'published',
    version: 3,
    last: { action: 'approve', from: 'pending', actorKind: 'person' },
    ...overrides,
  };
}

function decide(
  locked: LockedComment,
  decision: (typeof DECISIONS)[number],
  version?: number,
): Ruling['kind'] | `moved to ${string}` {
  const ruling = ruleOnDecision(locked, { id, decision, version }, true);
  return ruling.kind === 'moved' ? `moved to ${ruling.to}` : ruling.kind;
}

describe('the order of the questions', () => {
  it('is no error when the decision is in force already, even with a stale version', () => {
    expect(decide(comment(), 'approve', 1)).toBe('in-force');
    expect(decide(comment({ status: 'deleted' }), 'delete', 99)).toBe('in-force');
  });

  it('asks for the version before the table', () => {
    expect(decide(comment({ status: 'deleted' }), 'approve', 2)).toBe('version-conflict');
    expect(decide(comment({ status: 'deleted' }), 'approve', 3)).toBe('move-refused');
  });

  it('takes any version where none is named', () => {
    expect(decide(comment(), 'reject')).toBe('moved to rejected');
  });

  it('refuses a version of the past and one of the future alike', () => {
    for (const version of [0, 1, 2, 4, 1_000_000])
      expect(decide(comment(), 'reject', version)).toBe('version-conflict');
  });
});

describe('undo', () => {
  it.each([
    ['approve', 'pending'],
    ['approve', 'received'],
    ['spam', 'published'],
    ['reject', 'approved'],
    ['restore', 'spam'],
    ['unpublish', 'published'],
  ] as const)('takes back %s to %s', (action, from) => {
    expect(decide(comment({ last: { action, from, actorKind: 'person' } }), 'undo')).toBe(`moved to ${from}`);
  });

  it.each([
    ['a deletion, whose text is gone', { action: 'delete', from: 'published', actorKind: 'person' }],
    ['an undo', { action: 'undo', from: 'published', actorKind: 'person' }],
    ['a verdict of the machine', { action: 'screening', from: 'received', actorKind: 'screening' }],
    ['the arrival', { action: 'submit', from: null, actorKind: 'author' }],
    ['what the service did itself', { action: 'reject', from: 'pending', actorKind: 'service' }],
  ] as const)('does not take back %s', (_, last) => {
    expect(decide(comment({ last }), 'undo')).toBe('nothing-to-undo');
  });

  it('has nothing to take back where there is no event', () => {
    expect(decide(comment({ last: null }), 'undo')).toBe('nothing-to-undo');
  });

  it('is a conflict with a stale version: something came after what the person saw', () => {
    expect(decide(comment(), 'undo', 2)).toBe('version-conflict');
  });
});

it('answers every decision in every status', () => {
  for (const decision of DECISIONS) {
    for (const status of COMMENT_STATUSES) expect(decide(comment({ status }), decision)).toEqual(expect.any(String));
  }
});
