import { isUnder, readLink, separateLinks } from './links.js';

const hostsIn = (text: string): readonly string[] => separateLinks(text).links.map(({ host }) => host);

describe('separateLinks', () => {
  it('finds links with a scheme, with www and by a suffix that is no word', () => {
    expect(hostsIn('See http://a.example.com/x, www.b.org and MONEYGQ.COM!')).toEqual([
      'a.example.com',
      'b.org',
      'moneygq.com',
    ]);
  });

  it('finds a host under any public suffix before a path', () => {
    expect(hostsIn('bit.ly/2abc and youtu.be/xyz')).toEqual(['bit.ly', 'youtu.be']);
  });

  it.each(['It was great.It is', 'run setup.py', 'joe.doe@example.com', 'e.g. this...', 'Node.js', 'and/or', '3.14/2'])(
    'finds none in %j',
    (text) => {
      expect(hostsIn(text)).toEqual([]);
    },
  );

  it('leaves the words around the links', () => {
    expect(separateLinks('before (https://x.org/a?b=1). after').rest).toBe('before ( ). after');
  });

  it('counts the punctuation after a link to the words', () => {
    expect(separateLinks('Go to x.org!!! Now: www.y.org...').rest).toBe('Go to  !!! Now:  ...');
  });

  it('ends a link at Chinese punctuation', () => {
    expect(separateLinks('看这里http://x.org/a，很好').rest).toBe('看这里 ，很好');
  });

  it('sees the real host behind a user name', () => {
    expect(hostsIn('https://bit.ly@evil.example.net/')).toEqual(['evil.example.net']);
  });

  it('reads a long row of letters or dots in a time that grows with its length only', () => {
    const startedAt = performance.now();
    separateLinks(`${'a'.repeat(100_000)}.`);
    separateLinks('a.'.repeat(50_000));
    separateLinks(`http://x.org${'.'.repeat(100_000)}x`);
    // Quadratic work on such texts takes tens of seconds.
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('readLink', () => {
  it('leaves www and the punctuation after a link out', () => {
    expect(readLink(' https://www.Example.ORG/a). '.replace(')', ''))).toEqual({
      url: 'https://www.Example.ORG/a',
      host: 'example.org',
    });
  });

  it('accepts an address in numbers, as spammers do', () => {
    expect(readLink('http://192.0.2.7/x')?.host).toBe('192.0.2.7');
  });

  it('takes the writer’s word for an ending that is in no list, behind a scheme only', () => {
    expect(readLink('http://pills.example/a')?.host).toBe('pills.example');
    expect(readLink('pills.example/a')).toBeNull();
  });

  it.each(['', 'not a link', 'http://', 'http://localhost/x', '\ud800'])('refuses %j', (candidate) => {
    expect(readLink(candidate)).toBeNull();
  });
});

describe('isUnder', () => {
  it('knows a host and its subdomains, and no host that merely ends alike', () => {
    expect(isUnder('shop.example.org', ['www.example.org'])).toBe(true);
    expect(isUnder('notexample.org', ['example.org'])).toBe(false);
  });
});
