import { parseUrl } from './parse-url.js';

describe('parseUrl', () => {
  it('reads an address with letters of Latin-1 however often it is asked', () => {
    for (let i = 0; i < 20_000; i++)
      expect(parseUrl('https://bücher.example/café')?.hostname).toBe('xn--bcher-kva.example');
  });

  it('is null for what is no absolute address', () => {
    for (const text of ['', 'x', '//host', 'http://', 'https://a b', '/path']) expect(parseUrl(text)).toBeNull();
  });
});
