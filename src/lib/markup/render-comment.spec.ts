import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { renderBehindWalls, renderComment } from './render-comment.js';

const CORPORA = new URL('../../../../shared/corpora/', import.meta.url);
const isPresent = existsSync(CORPORA);
if (!isPresent) console.warn(`SKIPPED: the corpora are not at ${CORPORA.pathname}`);

const rel = 'rel="nofollow ugc noopener noreferrer"';

describe('renderComment', () => {
  it.each([
    ['*a* **b** ~~c~~ `d`', '<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>'],
    ['one\ntwo\n\nthree', '<p>one<br />\ntwo</p>\n<p>three</p>'],
    ['> quoted', '<blockquote>\n<p>quoted</p>\n</blockquote>'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['4. d\n5. e', '<ol start="4">\n<li>d</li>\n<li>e</li>\n</ol>'],
    ['```js\na < b\n```', '<pre><code>a &lt; b\n</code></pre>'],
  ])('renders %j', (source, html) => {
    expect(renderComment(source)).toBe(html);
  });

  it.each([
    ['# Title', '<p># Title</p>'],
    ['Title\n=====', '<p>Title<br />\n=====</p>'],
    ['| a |\n|---|\n| b |', '<p>| a |<br />\n|---|<br />\n| b |</p>'],
    ['<b onclick="x()">b</b>', '<p>&lt;b onclick="x()"&gt;b&lt;/b&gt;</p>'],
    ['a\n\n---\n\nb', '<p>a</p>\n<p>b</p>'],
  ])('keeps %j readable without headings, tables, raw HTML and rules', (source, html) => {
    expect(renderComment(source)).toBe(html);
  });

  it('takes the short way only where the long one leads to the same', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...Array.from('aZ9 .,;:!?\'"()[]<>&*_`~-+=#/\\|@\n\t'),
        'www.',
        'http',
        '1. ',
        '1) ',
        '  ',
        'é',
        'я',
        '語',
        '한',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const source = pieces.join('');
        expect(renderComment(source)).toBe(renderBehindWalls(source));
      }),
      { numRuns: 3_000 },
    );
  });

  (isPresent ? it : it.skip)('does so for real comments too', () => {
    for (const name of ['yt-judol-id', 'ham-social-en', 'tg-spam', 'ham-social-zh', 'ham-tweets-de']) {
      const lines = gunzipSync(readFileSync(new URL(`${name}.jsonl.gz`, CORPORA)))
        .toString()
        .trim()
        .split('\n');
      for (const line of lines.slice(0, 1_500)) {
        const { text } = JSON.parse(line) as { text: string };
        expect(renderComment(text)).toBe(renderBehindWalls(text));
      }
    }
  });

  it('marks every link as a stranger’s', () => {
    expect(renderComment('[a](https://example.org "title")')).toBe(
      `<p><a href="https://example.org/" ${rel}>a</a></p>`,
    );
    expect(renderComment('<me@example.org>')).toBe(`<p><a href="mailto:me@example.org" ${rel}>me@example.org</a></p>`);
  });

  it('links bare addresses that say they are one, and guesses at no others', () => {
    expect(renderComment('https://example.org/a?b.')).toBe(
      `<p><a href="https://example.org/a?b" ${rel}>https://example.org/a?b</a>.</p>`,
    );
    expect(renderComment('(www.example.org)')).toBe(
      `<p>(<a href="https://www.example.org/" ${rel}>www.example.org</a>)</p>`,
    );
    const unlinked =
      'I agree.It README.md me@example.org ftp://example.org //example.org www.example http://me:x@example.org';
    expect(renderComment(unlinked)).toBe(`<p>${unlinked}</p>`);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '/logout',
    '//example.org',
    'https://bank.example@evil.example/',
  ])('keeps only the text of a link to %s', (href) => {
    expect(renderComment(`[text](<${href}>)`)).toBe('<p>text</p>');
  });

  it('makes an image a link to it, named by its alternative text', () => {
    const link = (text: string) => `<p><a href="https://example.org/a.png" ${rel}>${text}</a></p>`;
    expect(renderComment('![a *cat*](https://example.org/a.png)')).toBe(link('a cat'));
    expect(renderComment('![](https://example.org/a.png)')).toBe(link('https://example.org/a.png'));
    expect(renderComment('[![a cat](x.png)](https://example.org/a.png)')).toBe(link('a cat'));
    expect(renderComment('![a cat](cat.png)')).toBe('<p>a cat</p>');
  });

  it('shows the address of a link that would be invisible', () => {
    const shown = `<p><a href="https://spam.example/" ${rel}>https://spam.example/</a></p>`;
    expect(renderComment('[](https://spam.example)')).toBe(shown);
    expect(renderComment('[\u200B](https://spam.example)')).toBe(shown);
  });

  it('leaves an internationalised address as typed, so that it cannot pass for another', () => {
    expect(renderComment('https://xn--pple-43d.example')).toContain('>https://xn--pple-43d.example</a>');
  });

  it('shows the source when the Markdown of it would show none of its words', () => {
    expect(renderComment('[1]: https://example.org\n[2]: <b>')).toBe(
      '<p>[1]: https://example.org<br />\n[2]: &lt;b&gt;</p>',
    );
    expect(renderComment('![](cat.png)')).toBe('<p>![](cat.png)</p>');
  });

  it('answers nothing where there are no words', () => {
    for (const source of ['', ' \n\t\u200B', '---', '> \n>', '\u3164']) expect(renderComment(source)).toBe('');
  });

  it('cannot be made to multiply one long address', () => {
    const source = `[a]: https://example.org/${'x'.repeat(2000)}\n\n${'[a] '.repeat(1900)}`;
    expect(renderComment(source).length).toBeLessThan(70_000);
  });

  it('answers well-formed, repeatable HTML for any string', () => {
    const syntax = fc.constantFrom(
      '*',
      '_',
      '`',
      '~~',
      '[',
      '](',
      ')',
      '<',
      '>',
      '!',
      '\n',
      '- ',
      '1. ',
      '&',
      '"',
      '\ud800',
      'https://a.example',
    );
    const source = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(syntax, fc.string())).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(source, (one) => {
        const html = renderComment(one);
        expect(renderComment(one)).toBe(html);
        expect(html).not.toMatch(/\p{Surrogate}/u);
        const faults: string[] = [];
        parseFragment(html, { onParseError: ({ code }) => faults.push(code) });
        expect(
          faults.filter((code) => !code.startsWith('control-character') && !code.startsWith('noncharacter')),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
