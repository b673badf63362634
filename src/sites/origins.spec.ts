import { isRegistered, normaliseOrigin } from './origins.js';

describe('normaliseOrigin', () => {
  it.each([
    ['https://blog.example', 'https://blog.example'],
    ['HTTPS://Blog.Example:443/', 'https://blog.example'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['https://*.preview.example', 'https://*.preview.example'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('takes %s as %s', (typed, origin) => {
    expect(normaliseOrigin(typed)).toBe(origin);
  });

  it.each([
    'blog.example',
    'ftp://blog.example',
    'https://blog.example/path',
    'https://blog.example?x=1',
    'https://user@blog.example',
    'https://*.*.example',
    'https://a.*.example',
    'https://*',
    'null',
    '',
  ])('refuses %j', (typed) => {
    expect(normaliseOrigin(typed)).toBeNull();
  });
});

describe('isRegistered', () => {
  const registered = ['https://blog.example', 'https://*.preview.example'];

  it.each(['https://blog.example', 'https://pr-12.preview.example'])('knows %s', (origin) => {
    expect(isRegistered(origin, registered)).toBe(true);
  });

  it.each([
    'https://blog.example.evil.example',
    'https://evilblog.example',
    'http://blog.example',
    'https://blog.example:8443',
    'https://preview.example',
    'https://a.b.preview.example',
    'https://evil.example#.preview.example',
    'null',
  ])('does not know %s', (origin) => {
    expect(isRegistered(origin, registered)).toBe(false);
  });
});
