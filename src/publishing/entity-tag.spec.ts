import { entityTag, matchesEntityTag } from './entity-tag.js';

describe('entityTag', () => {
  it('is a strong tag that equal bytes share and other bytes do not', () => {
    const tag = entityTag(Buffer.from('thread'));
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    expect(entityTag(Buffer.from('thread'))).toBe(tag);
    expect(entityTag(Buffer.from('threads'))).not.toBe(tag);
  });
});

describe('matchesEntityTag', () => {
  const etag = '"abc-1"';

  it.each(['"abc-1"', 'W/"abc-1"', '"x", "abc-1"', '"x,y" ,W/"abc-1","z"', '*', ' * '])('finds it in %s', (header) => {
    expect(matchesEntityTag(header, etag)).toBe(true);
  });

  it.each([undefined, '', 'abc-1', '"abc-2"', '"ABC-1"', '"abc-1', '"a" abc-1 "b"', '"*"', 'W/"x", "y"'])(
    'does not find it in %s',
    (header) => {
      expect(matchesEntityTag(header, etag)).toBe(false);
    },
  );
});
