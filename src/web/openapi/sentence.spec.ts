import { paragraphs, sentence } from './sentence.js';

describe('a sentence', () => {
  it('shows what stands in backticks as code, and escapes all of it', () => {
    expect(sentence('Send `<a>` & go.').markup).toBe('Send <code>&lt;a&gt;</code> &amp; go.');
  });

  it('is one of several paragraphs where an empty line says so', () => {
    expect(paragraphs('One.\n\nTwo.').markup).toBe('<p>One.</p><p>Two.</p>');
  });
});
