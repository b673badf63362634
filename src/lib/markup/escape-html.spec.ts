import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { escapeHtml } from './escape-html.js';

describe('escapeHtml', () => {
  it('escapes the five characters that mean something in HTML', () => {
    expect(escapeHtml(`<a href="x" id='y'>&lt;`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;lt;');
  });

  it('gives any text back through an HTML parser, from content and from an attribute', () => {
    // NUL and CR are changed by every HTML parser, escaped or not.
    const text = fc.string({ unit: 'binary' }).filter((one) => !/[\0\r]/.test(one));
    fc.assert(
      fc.property(text, (one) => {
        const [element] = parseFragment(`<b title="${escapeHtml(one)}">${escapeHtml(one)}</b>`).childNodes;
        expect(element).toMatchObject({ tagName: 'b', attrs: [{ name: 'title', value: one }] });
        expect(element).toMatchObject({ childNodes: one === '' ? [] : [{ nodeName: '#text', value: one }] });
      }),
      { numRuns: 300 },
    );
  });
});
