import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { element, trusted } from './xml-element.js';
import { escapeXml, xmlText } from './xml-text.js';

/** Every UTF-16 code unit alone, so that lone surrogates and all controls occur, not only by luck. */
const anyString = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });

function strictlyParsed(xml: string): { text: string; attribute: string } {
  const parsed = { text: '', attribute: '' };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('text', (piece) => (parsed.text += piece));
  parser.on('attribute', ({ value }) => (parsed.attribute = value));
  parser.write(xml).close();
  return parsed;
}

describe('xmlText', () => {
  it('drops what XML 1.0 cannot hold and keeps the rest', () => {
    expect(xmlText('a\u0000b\u0008\u000b\u000c\u001fc\ufffe\uffffd\ud800e\udc00f\t\n😀')).toBe('abcdef\t\n😀');
  });

  it('reads each kind of line break as a line feed, as an XML parser would', () => {
    expect(xmlText('a\r\nb\rc')).toBe('a\nb\nc');
  });
});

describe('escapeXml', () => {
  it('escapes an ampersand even where an entity seems to begin', () => {
    expect(escapeXml(`&lt; & < > " '`)).toBe('&amp;lt; &amp; &lt; &gt; &quot; &#39;');
  });
});

describe('element', () => {
  it('escapes text and attributes, and leaves out null', () => {
    const node = element('a', { href: '"<&', title: null }, 'x < y', null, trusted('<b>z</b>'));
    expect(node.markup).toBe('<a href="&quot;&lt;&amp;">x &lt; y<b>z</b></a>');
  });

  it('closes itself only when it was given no content', () => {
    expect([element('a', {}).markup, element('a', {}, '').markup]).toEqual(['<a/>', '<a></a>']);
  });

  it('gives any string back through a strict parser, less the characters XML cannot hold', () => {
    fc.assert(
      fc.property(anyString, (text) => {
        const kept = xmlText(text);
        // XML 1.0, 3.3.3: white space in an attribute is read as spaces.
        expect(strictlyParsed(element('a', { x: text }, text).markup)).toEqual({
          text: kept,
          attribute: kept.replace(/[\t\n]/g, ' '),
        });
      }),
      { numRuns: 500 },
    );
  });
});
