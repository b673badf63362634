import { plainEvidence } from './evidence.fixture.spec-support.js';
import type { CommentText, Facts } from './evidence.js';
import { readComment, type Reading } from './reading.js';

const read = (comment: Partial<CommentText>, facts: Partial<Facts> = {}): Reading =>
  readComment(plainEvidence(comment, facts));

describe('readComment', () => {
  it('counts each link once and none to the site itself', () => {
    const body = 'http://a.org/1 http://a.org/1 https://blog.example.org/x http://b.org';
    expect(read({ body }, { ownHosts: ['example.org'] }).links.map(({ url }) => url)).toEqual([
      'http://a.org/1',
      'http://b.org',
    ]);
  });

  it('leaves links and tags out of the text', () => {
    const body = 'See <a href="http://a.org">this</a> or [url=http://b.org]that[/url] [1]';
    expect(read({ body }).text.split(/\s+/)).toEqual(['See', 'this', 'or', 'that', '[1]']);
  });

  it('counts words in scripts with and without spaces', () => {
    expect(read({ body: "It's a naïve idea, isn’t it?" }).wordCount).toBe(6);
    expect(read({ body: '我觉得很好 ok' }).wordCount).toBe(4);
  });

  it('reads the author’s URL unless it is the site’s', () => {
    expect(read({ authorUrl: 'https://ada.example.net/' }).authorLink?.host).toBe('ada.example.net');
    expect(read({ authorUrl: 'https://example.org' }, { ownHosts: ['example.org'] }).authorLink).toBeNull();
    expect(read({ authorUrl: 'none' }).authorLink).toBeNull();
  });

  it('looks at the name too when it asks for ASCII', () => {
    expect(read({ body: 'ok' }).isAscii).toBe(true);
    expect(read({ body: 'ok', authorName: 'Zoë' }).isAscii).toBe(false);
  });

  it('reads unclosed tags in a time that grows with their number only', () => {
    const startedAt = performance.now();
    expect(read({ body: '<a'.repeat(50_000) }).text).toHaveLength(100_000);
    read({ body: '[url='.repeat(20_000) }).text.slice();
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
