import fc from 'fast-check';
import { domainOf, linkDomains } from './link-domains.js';

describe('domainOf', () => {
  it.each([
    ['a.b.evil.example.com', 'example.com'],
    ['shop.evil.co.uk', 'evil.co.uk'],
    ['ada.github.io', 'ada.github.io'],
    ['x.shop.blogspot.com', 'shop.blogspot.com'],
    ['github.io', 'github.io'],
    ['shop.evil.example', 'evil.example'],
    ['192.0.2.7', '192.0.2.7'],
    ['::1', '::1'],
    ['магазин.пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    ['xn--e1afmkfd.xn--p1ai', 'xn--e1afmkfd.xn--p1ai'],
  ])('of %s is %s', (host, domain) => {
    expect(domainOf(host)).toBe(domain);
  });
});

describe('linkDomains', () => {
  it('names each domain once, the author’s first', () => {
    const body = 'See http://a.evil.net/x, https://www.evil.net and foo.org/bar or http://ПРИМЕР.рф';
    expect(linkDomains(body, 'https://me.example.com')).toEqual([
      'example.com',
      'evil.net',
      'foo.org',
      'xn--e1afmkfd.xn--p1ai',
    ]);
  });

  it('finds none where there are none', () => {
    expect(linkDomains('I wrote setup.py. And ada@example.org answered.', null)).toEqual([]);
    expect(linkDomains('Plain.', 'not an address')).toEqual([]);
  });

  it('stops at twenty', () => {
    const body = Array.from({ length: 50 }, (_, index) => `http://site${index}.com`).join(' ');
    expect(linkDomains(body, null)).toHaveLength(20);
  });

  it('throws on no string, and names nothing that PostgreSQL or an index would refuse', () => {
    const parts = fc.constantFrom('http://', 'www.', '.', 'a', '\ud800', '\0', '\u200b', '.com', '/', '@', '[', 'рф');
    const hostile = fc.oneof(
      fc.array(parts, { maxLength: 40 }).map((list) => list.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(hostile, hostile, (body, url) => {
        for (const domain of linkDomains(body, url)) {
          expect(domain).toMatch(/^[^\0\s]+$/);
          expect(domain.length).toBeLessThanOrEqual(255);
          expect(domain.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
