import 'reflect-metadata';
import { readBody } from '../platform/http/read-body.js';
import { Problem } from '../platform/problem/problem.js';
import { BulkDecisionDto, DecisionDto } from './decision.dto.js';

const ID = '0190a1b2-0000-7000-8000-00000000000f';

function bulk(body: unknown): string {
  try {
    readBody(BulkDecisionDto, body);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'taken';
}

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `0190a1b2-0000-7000-8000-${String(i).padStart(12, '0')}`);
}

describe('BulkDecisionDto', () => {
  it('takes 1 to 500 comments', () => {
    expect(bulk({ action: 'spam', ids: [ID] })).toBe('taken');
    expect(bulk({ action: 'spam', ids: ids(500) })).toBe('taken');
    expect(bulk({ action: 'spam', ids: [] })).toBe('invalid-body');
    expect(bulk({ action: 'spam', ids: ids(501) })).toBe('invalid-body');
  });

  it('refuses a comment named twice, also in other letters', () => {
    expect(bulk({ action: 'spam', ids: [ID, ID] })).toBe('invalid-body');
    expect(bulk({ action: 'spam', ids: [ID, ID.toUpperCase()] })).toBe('invalid-body');
  });

  it.each(['purge', 'screening', 'submit', 'APPROVE', '', null, 1, 'constructor'])(
    'refuses the action %j',
    (action) => {
      expect(bulk({ action, ids: [ID] })).toBe('invalid-body');
    },
  );

  it.each([ID, { 0: ID, length: 1 }, [1], [null], ['x'], [[ID]], null])('refuses the ids %j', (given) => {
    expect(bulk({ action: 'spam', ids: given })).toBe('invalid-body');
  });
});

describe('DecisionDto', () => {
  it.each([0, -1, 1.5, '1', true, null])('refuses the version %j', (version) => {
    expect(() => readBody(DecisionDto, { version })).toThrow('invalid-body');
  });
});
