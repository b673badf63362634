// Marks in a comment's text the words that told, so that one need not look for them.

export interface TellingWord {
  readonly word: string;
  /** It speaks for spam, not against it. */
  readonly isFor: boolean;
}

/** In nodes that belong to no page yet. Words are found whatever their case; the longest first, none inside another. */
export function markWords(content: DocumentFragment, words: readonly TellingWord[]): void {
  const sought = new Map(words.map(({ word, isFor }) => [word.toLowerCase(), isFor]));
  const pattern = patternOf([...sought.keys()]);
  if (!pattern) return;
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
  for (const text of texts) markIn(text, pattern, (found) => sought.get(found.toLowerCase()) ?? true);
}

/** Null where there is nothing to look for. A word is no part of another, where its script has spaces between words. */
export function patternOf(words: readonly string[]): RegExp | null {
  const longestFirst = words.filter((word) => word.trim() !== '').sort((one, other) => other.length - one.length);
  if (longestFirst.length === 0) return null;
  return new RegExp(longestFirst.map((word) => `${before(word)}${escape(word)}${after(word)}`).join('|'), 'giu');
}

const SPACED = String.raw`[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{N}]`;
const SPACED_FIRST = new RegExp(`^${SPACED}`, 'u');
const SPACED_LAST = new RegExp(`${SPACED}$`, 'u');

function before(word: string): string {
  return SPACED_FIRST.test(word) ? String.raw`(?<![\p{L}\p{M}\p{N}])` : '';
}

function after(word: string): string {
  return SPACED_LAST.test(word) ? String.raw`(?![\p{L}\p{M}\p{N}])` : '';
}

function markIn(text: Text, pattern: RegExp, isFor: (found: string) => boolean): void {
  const pieces: (string | HTMLElement)[] = [];
  let done = 0;
  for (const { 0: found, index } of text.data.matchAll(pattern)) {
    const mark = document.createElement('mark');
    if (!isFor(found)) mark.className = 'against';
    mark.textContent = found;
    pieces.push(text.data.slice(done, index), mark);
    done = index + found.length;
  }
  if (done > 0) text.replaceWith(...pieces, text.data.slice(done));
}

function escape(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
