import { markHidden, markHiddenText } from './mark-hidden.js';

const shown = (code: string): string => `<span class="hidden-character">${code}</span>`;

describe('markHidden', () => {
  it('shows what breaks a word', () => {
    expect(markHidden('<p>via\u200bgra</p>').markup).toBe(`<p>via${shown('U+200B')}gra</p>`);
    expect(markHidden('<p>via\u200dgra</p>').markup).toBe(`<p>via${shown('U+200D')}gra</p>`);
  });

  it('takes the override out of the text, so that it turns nothing round', () => {
    expect(markHidden('<p>\u202egpj.exe</p>').markup).toBe(`<p>${shown('U+202E')}gpj.exe</p>`);
  });

  it('shows characters beyond the first plane', () => {
    expect(markHidden('a\u{e0041}b').markup).toBe(`a${shown('U+E0041')}b`);
  });

  it.each([
    '👩\u200d👩\u200d👧',
    'می\u200cخواهم',
    'क्\u200dष',
    'שלום\u200f!',
    '❤\ufe0f',
    '🏴\u{e0067}\u{e0062}\u{e007f}',
  ])('leaves %s alone', (text) => {
    expect(markHidden(text).markup).toBe(text);
  });

  it('escapes a name', () => {
    expect(markHiddenText('<b>\u202eA</b>').markup).toBe(`&lt;b&gt;${shown('U+202E')}A&lt;/b&gt;`);
  });
});
