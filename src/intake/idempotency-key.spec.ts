import { readIdempotencyKey } from '../platform/http/read-idempotency-key.js';
import { Problem } from '../platform/problem/problem.js';
import { hashClientKey, hashContent, hashPayload } from './idempotency-key.js';
import type { SubmitCommentDto } from './submit-comment.dto.js';

function dto(overrides: Partial<SubmitCommentDto> = {}): SubmitCommentDto {
  return { author: { name: 'Ada', email: 'ada@analytical.org' }, body: 'Yes.', ...overrides };
}

function codeOf(header: string): string {
  try {
    return `taken as ${String(readIdempotencyKey(header))}`;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('the header Idempotency-Key', () => {
  it('may be left out', () => {
    expect(readIdempotencyKey(undefined)).toBeNull();
  });

  it('is the same key quoted and bare', () => {
    expect(readIdempotencyKey('"8e03978e-40d5"')).toBe(readIdempotencyKey('8e03978e-40d5'));
  });

  it('knows the two escapes of a quoted string (RFC 8941)', () => {
    expect(readIdempotencyKey(String.raw`"a\"b\\c"`)).toBe(String.raw`a"b\c`);
  });

  it.each(['a', 'a'.repeat(255), `"${'a'.repeat(255)}"`, 'with space', '!#$%&()*+,-./:;<=>?@[]^_`{|}~'])(
    'may be %j',
    (header) => {
      expect(codeOf(header)).toMatch(/^taken as /);
    },
  );

  it.each(['', '""', 'a'.repeat(256), `"${'a'.repeat(256)}"`, 'caf\u00e9', 'a\tb', 'a\u007f', '\u{1f600}'])(
    'may not be %j',
    (header) => {
      expect(codeOf(header)).toBe('invalid-idempotency-key');
    },
  );
});

describe('the hashes', () => {
  it('of a key belong to one article', () => {
    expect(hashClientKey('/a', 'k')).not.toEqual(hashClientKey('/b', 'k'));
    expect(hashClientKey('/a', 'bk')).not.toEqual(hashClientKey('/ab', 'k'));
  });

  it('of a key never meet those of a content', () => {
    expect(hashClientKey('/a', 'Ada')).not.toEqual(hashContent('/a', dto()));
  });

  it('of a content tell apart article, author, address, text and what it answers to', () => {
    const one = hashContent('/a', dto());
    for (const other of [
      hashContent('/b', dto()),
      hashContent('/a', dto({ author: { name: 'Eve', email: 'ada@analytical.org' } })),
      hashContent('/a', dto({ author: { name: 'Ada', email: 'eve@analytical.org' } })),
      hashContent('/a', dto({ body: 'No.' })),
      hashContent('/a', dto({ parentId: '0190a1b2-0000-7000-8000-000000000001' })),
    ]) {
      expect(other).not.toEqual(one);
    }
  });

  it('of a content do not care how the address is capitalised, nor for the form token', () => {
    const loud = dto({ author: { name: 'Ada', email: 'ADA@Analytical.org' }, formToken: 'other' });
    expect(hashContent('/a', loud)).toEqual(hashContent('/a', dto()));
  });

  it('of a payload change with every member but the form token', () => {
    const one = hashPayload(dto());
    const id = '0190a1b2-0000-7000-8000-000000000001';
    for (const change of [
      { body: 'No.' },
      { parentId: id },
      { articleUrl: 'https://blog.example/' },
      { articleTitle: 'x' },
      { language: 'en' },
      { website: 'x' },
    ]) {
      expect(hashPayload(dto(change))).not.toEqual(one);
    }
    expect(hashPayload(dto({ formToken: 'x' }))).toEqual(one);
    expect(hashPayload(dto({ articleTitle: 'x' }))).not.toEqual(hashPayload(dto({ language: 'x' })));
  });
});
