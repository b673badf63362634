import { html, paragraphs, sentence } from './html.js';

describe('html', () => {
  it('escapes what is not written in it', () => {
    expect(html`<p title="${'"&'}">${'<b>'}${1}${null}</p>`.text).toBe('<p title="&quot;&amp;">&lt;b&gt;1</p>');
  });

  it('keeps HTML of its own, and joins lists', () => {
    const letters = ['a', '<'].map((one) => html`<b>${one}</b>`);
    expect(html`<p>${letters}</p>`.text).toBe('<p><b>a</b><b>&lt;</b></p>');
  });

  it('writes code and paragraphs, escaped too', () => {
    expect(sentence('Send `<a>` & wait.').text).toBe('Send <code>&lt;a&gt;</code> &amp; wait.');
    expect(paragraphs('One.\n\nTwo.').text).toBe('<p>One.</p><p>Two.</p>');
  });
});
