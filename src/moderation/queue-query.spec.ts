import { Problem } from '../platform/problem/problem.js';
import { readQueueQuery } from './queue-query.js';

function codeOf(query: Record<string, string | string[]>): string {
  try {
    readQueueQuery(query);
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  return 'taken';
}

describe('readQueueQuery', () => {
  it('asks for what waits, oldest first, where nothing is said', () => {
    expect(readQueueQuery({})).toEqual({
      status: 'pending',
      article: null,
      campaign: null,
      isReported: false,
      search: null,
      reason: null,
      sort: 'oldest',
      limit: 50,
      cursor: null,
    });
  });

  it('takes 1 for what is reported, and no word for it', () => {
    expect(readQueueQuery({ reported: '1' }).isReported).toBe(true);
    expect(readQueueQuery({ reported: '0' }).isReported).toBe(false);
    expect(codeOf({ reported: 'true' })).toBe('malformed-query');
  });

  it('takes the article of the path before that of the query', () => {
    expect(readQueueQuery({ article: '/b' }, '/a').article).toBe('/a');
  });

  it('takes a search of white space for none', () => {
    expect(readQueueQuery({ q: '  ' }).search).toBeNull();
  });

  it.each([
    { status: 'all' },
    { sort: 'random' },
    { limit: '0' },
    { q: 'a'.repeat(201) },
    { q: 'a\0' },
    { cursor: ['a', 'b'] },
    { campaign: 'the pills' },
  ])('refuses %j', (query) => {
    expect(codeOf(query)).toBe('malformed-query');
  });
});
