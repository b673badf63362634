import fc from 'fast-check';
import { safeHttpUrl, safeLinkUrl } from './safe-url.js';

describe('safeHttpUrl', () => {
  it.each([
    ['https://example.org', 'https://example.org/'],
    ['  HTTP://Example.ORG/A?b=c#d ', 'http://example.org/A?b=c#d'],
    ['example.org/me', 'https://example.org/me'],
    ['www.example.org?a', 'https://www.example.org/?a'],
    ['example.org:8080/x', 'https://example.org:8080/x'],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['https://example.org/a b/☃', 'https://example.org/a%20b/%E2%98%83'],
    ['http://localhost:3000/post', 'http://localhost:3000/post'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
    ['https://good.example\\@evil.example/', 'https://good.example/@evil.example/'],
  ])('reads %j as %s', (typed, url) => {
    expect(safeHttpUrl(typed)).toBe(url);
  });

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'javascript://example.org/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.org/',
    'mailto:me@example.org',
    'blob:https://example.org/1',
    'view-source:https://example.org',
  ])('refuses the scheme of %j', (typed) => {
    expect(safeHttpUrl(typed)).toBeNull();
  });

  it.each([
    '',
    'me',
    '127.0.0.1',
    'e.g.',
    'me@example.org',
    '//example.org',
    '/path',
    'https://',
    'https:///x',
    'http:x.org',
  ])('refuses %j, which names no host', (typed) => {
    expect(safeHttpUrl(typed)).toBeNull();
  });

  it('refuses a user name or password, which exist to be misread as the host', () => {
    expect(safeHttpUrl('https://bank.example@evil.example/')).toBeNull();
    expect(safeHttpUrl('https://:x@evil.example/')).toBeNull();
  });

  it.each([
    'https://exa\nmple.org/',
    'https://example.org/\u0000',
    'https://example.org/a\tb',
    'https://example.org/\u0085a',
  ])('refuses the control character in %j', (typed) => {
    expect(safeHttpUrl(typed)).toBeNull();
  });

  it.each(['https://exa(mple.org/', "https://a'b.example/", 'https://a"b.example/', 'https://a,b.example'])(
    'refuses the host of %j',
    (typed) => {
      expect(safeHttpUrl(typed)).toBeNull();
    },
  );

  it('answers null or an http(s) URL that it answers again, for any string', () => {
    const parts = fc.constantFrom(
      'http',
      's',
      ':',
      '/',
      '//',
      '@',
      '\\',
      '.',
      'a.example',
      '?',
      '#',
      '\t',
      '[',
      ']',
      '%',
      ' ',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts).map((some) => some.join('')),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(typed, (address) => {
        const url = safeHttpUrl(address);
        if (url === null) return;
        expect(url).toMatch(/^https?:\/\/[a-z0-9._[\]:-]+\/[!-~]*$/);
        expect(safeHttpUrl(url)).toBe(url);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('safeLinkUrl', () => {
  it('takes http, https and one plain mailto address', () => {
    expect(safeLinkUrl('https://example.org')).toBe('https://example.org/');
    expect(safeLinkUrl('mailto:me@example.org')).toBe('mailto:me@example.org');
  });

  it('cuts header fields off a mailto address', () => {
    expect(safeLinkUrl('mailto:me@example.org?bcc=you@example.org')).toBe('mailto:me@example.org');
  });

  it.each(['mailto:', 'mailto:a@b.example,c@d.example', 'mailto:a%0Abcc:x@b.example', 'mailto:a@b.example\n'])(
    'refuses %j',
    (href) => {
      expect(safeLinkUrl(href)).toBeNull();
    },
  );

  it.each(['/logout', 'page.html', 'example.org/me', '//example.org', '#top', '?a=b', ''])(
    'refuses the relative %j',
    (href) => {
      expect(safeLinkUrl(href)).toBeNull();
    },
  );

  it('refuses more than 2,048 characters', () => {
    const start = 'https://example.org/';
    expect(safeLinkUrl(start + 'x'.repeat(2048 - start.length))).not.toBeNull();
    expect(safeLinkUrl(start + 'x'.repeat(2049 - start.length))).toBeNull();
  });
});
