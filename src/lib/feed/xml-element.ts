// Writes elements. Ours and not xmlbuilder2's, because version 4.0.3 leaves an ampersand alone when it seems to begin an
// entity: the text `&lt;script&gt;` inside a comment's HTML comes out of a reader's XML parser as `<script>`. Speed alone
// would not decide it: the same 100 entries took 100 ms there and 11 ms here on the first call (medians of five processes
// on a busy machine), but 11 and 6 ms on the tenth.
import { escapeXml } from './xml-text.js';

/** Finished markup. Its own type, so that a plain string is always text and cannot be forgotten to be escaped. */
export interface Markup {
  readonly markup: string;
}

/** Text is escaped, markup is written as it is, null is left out. */
type Content = string | Markup | null;

/** Declares markup that is safe already. Only literals and the HTML of renderComment may pass through here. */
export function trusted(markup: string): Markup {
  return { markup };
}

/**
 * One element. Attributes that are null are left out. Without any content it closes itself, which HTML does not know:
 * there, give an empty string.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | null>>,
  ...content: Content[]
): Markup {
  const opening = Object.entries(attributes)
    .flatMap(([attribute, value]) => (value === null ? [] : [` ${attribute}="${escapeXml(value)}"`]))
    .join('');
  if (content.length === 0) return trusted(`<${name}${opening}/>`);
  return trusted(`<${name}${opening}>${content.map(written).join('')}</${name}>`);
}

function written(content: Content): string {
  if (content === null) return '';
  return typeof content === 'string' ? escapeXml(content) : content.markup;
}

/** A whole document in UTF-8. */
export function xmlDocument(root: Markup): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}\n`;
}
