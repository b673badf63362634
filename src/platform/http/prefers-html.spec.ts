import { prefersHtml, prefersJson } from './prefers-html.js';

const CHROMIUM = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

describe('prefersHtml', () => {
  it.each([CHROMIUM, 'text/html', 'TEXT/HTML', 'text/html, application/json;q=0.9', 'text/html;level=1'])(
    'gives a page to %j',
    (accept) => {
      expect(prefersHtml(accept)).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    '*/*',
    'application/json',
    'application/json, text/html',
    'text/html;q=0',
    'text/html;q=0.4, application/json;q=0.5',
    'text/html;q=nonsense',
    ',;,;q=',
  ])('gives JSON to %j', (accept) => {
    expect(prefersHtml(accept)).toBe(false);
  });

  // RFC 9110, 12.5.1: a range without its own entry takes the quality of the wildcard that matches it.
  it.each(['text/html;q=0.5, */*', 'text/html;q=0.2, application/*'])(
    'counts the wildcard in %j for JSON',
    (accept) => {
      expect(prefersHtml(accept)).toBe(false);
    },
  );
});

describe('prefersJson', () => {
  it.each([undefined, '*/*', CHROMIUM, 'text/html', 'text/html, application/json'])(
    'leaves the page to %j',
    (accept) => {
      expect(prefersJson(accept)).toBe(false);
    },
  );

  it.each(['application/json', 'application/json, text/html;q=0.9', 'application/json, */*;q=0.1'])(
    'gives JSON to %j',
    (accept) => {
      expect(prefersJson(accept)).toBe(true);
    },
  );
});
