import { html, trusted } from './html.js';

const HOSTILE = `"><script>alert('&')</script>`;

describe('html', () => {
  it('escapes text in content and in attributes', () => {
    const { markup } = html`<p title="${HOSTILE}">${HOSTILE}</p>`;
    const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;';
    expect(markup).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('puts markup of its own into itself as it is', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
    expect(html`<p>${items}</p>`.markup).toBe('<p><li>a</li><li>&lt;</li></p>');
  });

  it('leaves out what is not there, and writes a zero', () => {
    expect(html`${null}${undefined}${false}${0}`.markup).toBe('0');
  });

  it('takes what was made safe elsewhere', () => {
    expect(html`${trusted('<b>x</b>')}`.markup).toBe('<b>x</b>');
  });

  it('escapes an object that only looks like markup', () => {
    const lookalike = { markup: '<script>' } as unknown as string;
    expect(html`${lookalike}`.markup).not.toContain('<script>');
  });
});
