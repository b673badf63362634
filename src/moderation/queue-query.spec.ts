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
      terms: [],
      reason: null,
      language: null,
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

  it('takes what is doubtful first of what waits', () => {
    expect(readQueueQuery({ sort: 'doubtful' }).sort).toBe('doubtful');
  });

  it('takes a language in any case, and none for an empty one', () => {
    expect(readQueueQuery({ language: 'pt-BR' }).language).toBe('pt-br');
    expect(readQueueQuery({ language: '' }).language).toBeNull();
  });

  it('keeps a search as it was typed beside what it means', () => {
    const { search, terms } = readQueueQuery({ q: ' -author:ada "big red" ' });
    expect(search).toBe('-author:ada "big red"');
    expect(terms.map(({ field, value, isExcluded }) => [field, value, isExcluded])).toEqual([
      ['author', 'ada', true],
      ['text', 'big red', false],
    ]);
  });

  it('takes a search of white space for none', () => {
    expect(readQueueQuery({ q: '  ' }).search).toBeNull();
  });

  it.each([
    { status: 'all' },
    { sort: 'random' },
    { sort: 'doubtful', status: 'spam' },
    { sort: 'doubtful', status: 'published' },
    { language: 'no_tag' },
    { language: 'de-' },
    { language: "de' or 1=1" },
    { q: 'one '.repeat(21).trim() },
    { limit: '0' },
    { q: 'a'.repeat(201) },
    { q: 'a\0' },
    { cursor: ['a', 'b'] },
    { campaign: 'the pills' },
  ])('refuses %j', (query) => {
    expect(codeOf(query)).toBe('malformed-query');
  });
});
