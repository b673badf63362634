// Marks in a comment's text the words that told, so that one need not look for them.

/** In nodes that belong to no page yet. Words are found whatever their case; the longest first, none inside another. */
export function markWords(content: DocumentFragment, words: readonly string[]): void {
  const sought = [...new Set(words)]
    .filter((word) => word.trim() !== '')
    .sort((one, other) => other.length - one.length);
  if (sought.length === 0) return;
  const pattern = new RegExp(sought.map(escape).join('|'), 'giu');
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
  for (const text of texts) markIn(text, pattern);
}

function markIn(text: Text, pattern: RegExp): void {
  const pieces: (string | HTMLElement)[] = [];
  let done = 0;
  for (const { 0: found, index } of text.data.matchAll(pattern)) {
    const mark = document.createElement('mark');
    mark.textContent = found;
    pieces.push(text.data.slice(done, index), mark);
    done = index + found.length;
  }
  if (done > 0) text.replaceWith(...pieces, text.data.slice(done));
}

function escape(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
