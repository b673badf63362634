import fc from 'fast-check';
import { tagUri } from './tag-uri.js';

describe('tagUri', () => {
  it('joins authority, date and specific as RFC 4151 says', () => {
    expect(tagUri('Example.org', 2026, 'blog/comment/1')).toBe('tag:example.org,2026:blog/comment/1');
    expect(tagUri('example.org', new Date('2026-11-22T23:59:00Z'), 'x')).toBe('tag:example.org,2026-11-22:x');
  });

  it('percent-encodes what may not stand in a tag: URI', () => {
    expect(tagUri('example.org', 2026, 'a b#c%d<é>')).toBe('tag:example.org,2026:a%20b%23c%25d%3C%C3%A9%3E');
  });

  it.each(['', 'example.org:3000', '[::1]', 'a b', 'example..org', '-a.org', 'user@example.org'])(
    'refuses the authority %j, which is no DNS name',
    (authority) => {
      expect(() => tagUri(authority, 2026, 'x')).toThrow(RangeError);
    },
  );

  it('answers a legal URI for any specific, and different ones for different well-formed specifics', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        const uri = tagUri('example.org', 2026, one);
        expect(uri).toMatch(/^tag:example\.org,2026:(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*$/);
        expect(uri === tagUri('example.org', 2026, other)).toBe(one === other);
      }),
    );
  });
});
