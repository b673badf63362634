// Any JavaScript string into text that XML 1.0 allows, escaped. The only way from a stranger's words into Atom, RSS and HTML.

// XML 1.0, production 2 (Char): no C0 control but tab and line breaks, no lone surrogate, no U+FFFE or U+FFFF, not even as
// a character reference. One of them makes a reader refuse the whole feed.
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Drops the characters XML 1.0 cannot hold; a carriage return becomes the line feed every XML parser would read. */
export function xmlText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(notXml, '');
}

/** Legal and escaped, for element content and quoted attributes, in XML and in HTML. */
export function escapeXml(text: string): string {
  return xmlText(text).replace(/[&<>"']/g, (character) => references[character] ?? character);
}
