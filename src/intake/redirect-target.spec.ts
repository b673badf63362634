import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { redirectTarget } from './redirect-target.js';

const VECTORS = new URL('../../../shared/vectors/api/open-redirect.json', import.meta.url);
const isPresent = existsSync(VECTORS);
if (!isPresent) console.warn(`SKIPPED: the open-redirect vectors are not at ${VECTORS.pathname}`);

const REGISTERED = ['https://blog.example', 'https://*.preview.example', 'http://localhost:8080'];
const OWN = ['https://comments.example'];
const RECEIPT = 'a-receipt_1';

const target = (typed: string | null): string | null => redirectTarget(typed, REGISTERED, OWN, RECEIPT);

/** The origins a browser may end up at, when it resolves the answer against our own page. */
function isAllowed(location: string): boolean {
  const { origin } = new URL(location, OWN[0]);
  return [...REGISTERED, ...OWN].includes(origin) || /^https:\/\/[a-z0-9-]+\.preview\.example$/.test(origin);
}

describe('redirectTarget', () => {
  it.each([
    ['https://blog.example/post?a=1', 'https://blog.example/post?a=1#winnow-receipt=a-receipt_1'],
    ['https://blog.example/post#comments', 'https://blog.example/post#winnow-receipt=a-receipt_1'],
    ['https://pr-1.preview.example/', 'https://pr-1.preview.example/#winnow-receipt=a-receipt_1'],
    ['https://comments.example/demo', 'https://comments.example/demo#winnow-receipt=a-receipt_1'],
    ['HTTPS://BLOG.EXAMPLE:443/', 'https://blog.example/#winnow-receipt=a-receipt_1'],
  ])('sends the reader of %s to %s', (typed, location) => {
    expect(target(typed)).toBe(location);
  });

  it.each([
    null,
    '',
    '/post',
    '//blog.example/post',
    'https://blog.example@evil.example/',
    'https://user:word@blog.example/',
    'https://blog.example.evil.example/',
    'https://evil.example/#https://blog.example',
    'https://a.b.preview.example/',
    'http://blog.example/',
    'https://blog.example:8443/',
    'javascript:alert(1)',
    'data:text/html,hello',
    'blob:https://blog.example/0190a1b2',
    'https://blog.example\u3002evil.example/',
  ])('sends nobody to %j', (typed) => {
    expect(target(typed)).toBeNull();
  });

  it('never gives an address that a header cannot hold', () => {
    for (const typed of [
      'https://blog.example/a\r\nSet-Cookie: x=1',
      'https://blog.example/ü?q=ä',
      'https://blog.example/\t',
    ]) {
      expect(target(typed) ?? '').toMatch(/^[\x21-\x7e]*$/);
    }
  });

  it('never leaves the registered origins, whatever is typed', () => {
    const part = fc.constantFrom(
      'https:',
      '/',
      '\\',
      '@',
      'blog.example',
      'evil.example',
      '.',
      ':',
      '#',
      '?',
      '%2f',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), (parts) => {
        const location = target(parts.join(''));
        if (location !== null) expect(isAllowed(location)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  (isPresent ? it : it.skip)('follows no vector of the open-redirect lists off the site', () => {
    const { cases } = JSON.parse(readFileSync(VECTORS, 'utf8')) as { cases: { input: string }[] };
    expect(cases.length).toBeGreaterThan(100);
    const followed = cases.map(({ input }) => target(input)).filter((location) => location !== null);
    expect(followed.filter((location) => !isAllowed(location))).toEqual([]);
  });
});
