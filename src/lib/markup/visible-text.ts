// What a reader sees of a rendered comment, as plain text. Reads only the HTML that renderComment writes, where every `<`
// begins a tag; it is no sanitizer and must not be given a stranger's HTML.

const references: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

const inlineTag = /<\/?(?:a|code|del|em|strong)(?:\s[^<>]*)?>/g;
const anyTag = /<[^<>]*>/g;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const visible = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** True when the text has a character that leaves ink on the page; spaces, controls and zero-width characters do not. */
export function hasVisibleText(text: string): boolean {
  return visible.test(text);
}

/** The text of a rendered comment on one line: blocks and line breaks become single spaces. */
export function plainText(safeHtml: string): string {
  return safeHtml
    .replace(inlineTag, '')
    .replace(anyTag, ' ')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (reference) => references[reference] ?? reference)
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The beginning of a rendered comment as plain text of at most `maxCodePoints` code points (`…` included), for titles and
 * summaries. Cuts between words where it can and never inside an emoji or an accented letter.
 */
export function plainExcerpt(safeHtml: string, maxCodePoints: number): string {
  const text = plainText(safeHtml);
  if (countCodePoints(text) <= maxCodePoints) return text;
  return maxCodePoints < 1 ? '' : `${wholeWords(text, maxCodePoints - 1)}…`;
}

function wholeWords(text: string, room: number): string {
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += countCodePoints(segment);
    if (used > room) break;
    kept += segment;
  }
  if (text.charAt(kept.length) === ' ') return kept;
  const space = kept.lastIndexOf(' ');
  // Going back to a space must not cost more than half: scripts without spaces would lose nearly all of it.
  return space >= kept.length / 2 ? kept.slice(0, space) : kept;
}

function countCodePoints(text: string): number {
  return Array.from(text).length;
}
