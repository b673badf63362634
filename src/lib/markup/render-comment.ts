import { keepAllowedHtml } from './comment-html.js';
import { markdownToHtml } from './comment-markdown.js';
import { escapeHtml } from './escape-html.js';
import { hasVisibleText, plainText } from './visible-text.js';

/** Stored beside the HTML; a change of what renderComment answers raises it, and older HTML is rendered again. */
export const RENDERER_VERSION = 1;

/**
 * A commenter's text (a CommonMark subset, at most 10,000 code points) as HTML that is safe to put into any page: only
 * the elements and attributes of comment-html.ts. The same source gives the same HTML. Hostile input of that length has
 * taken 40 to 180 ms of the thread on a busy two-core machine, so it is called once per revision and never per page view.
 */
export function renderComment(source: string): string {
  return isPlainLine(source) ? `<p>${source}</p>` : renderBehindWalls(source);
}

/** The long way, which is right for every text. */
export function renderBehindWalls(source: string): string {
  const text = source.replace(/\p{Surrogate}/gu, '\uFFFD');
  const html = keepAllowedHtml(markdownToHtml(text)).trim();
  return hasVisibleText(plainText(html)) ? html : asTyped(text.trim());
}

// Most comments are a line or two of words. What holds no sign that Markdown, linkify or HTML knows comes out of both walls
// as it went in, and some 100 µs later: so says a test over real comments and random ones.
const PLAIN_LINE =
  /^(?!\d+[.)])[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3 ,;?'"!().]+$/;
const NO_PLAIN_WORD = /www\./i;

function isPlainLine(source: string): boolean {
  if (!PLAIN_LINE.test(source) || NO_PLAIN_WORD.test(source)) return false;
  return !source.startsWith(' ') && !source.endsWith(' ') && source.trim() !== '';
}

// "[1]: https://…" alone is Markdown for nothing; words that vanish make readers ask what was taken out. A comment of
// "---" has no words, and stays empty.
function asTyped(text: string): string {
  return hasVisibleText(text) && /[\p{L}\p{N}]/u.test(text)
    ? `<p>${escapeHtml(text).replace(/\n/g, '<br />\n')}</p>`
    : '';
}
