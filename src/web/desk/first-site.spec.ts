import { keyOf, originOf } from './first-site.js';

describe('originOf', () => {
  it.each([
    ['https://blog.example', 'https://blog.example'],
    [' blog.example ', 'https://blog.example'],
    ['https://Blog.Example/2026/a-post?x=1#y', 'https://blog.example'],
    ['blog.example/posts', 'https://blog.example'],
    ['blog.example:8443', 'https://blog.example:8443'],
    ['localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:4000/a', 'http://127.0.0.1:4000'],
    ['http://bakery', 'http://bakery'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
  ])('takes %s as %s', (typed, origin) => {
    expect(originOf(typed)).toBe(origin);
  });

  it.each(['', 'my blog', 'blog', 'ftp://blog.example', 'javascript:alert(1)', 'https://me@blog.example', '*.example'])(
    'finds no address in %j',
    (typed) => {
      expect(originOf(typed)).toBeNull();
    },
  );
});

describe('keyOf', () => {
  it.each([
    ['My blog', 'my-blog'],
    ['Ada’s Café!', 'adas-cafe'],
    ['Мой блог', 'blog-example'],
    ['—', 'blog-example'],
    ['x'.repeat(80), 'x'.repeat(50)],
  ])('makes of %s the key %s', (name, key) => {
    expect(keyOf(name, 'https://www.blog.example')).toBe(key);
  });
});
