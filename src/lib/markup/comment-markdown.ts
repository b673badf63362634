// The first wall: which Markdown a comment may use. No raw HTML, no pictures, no headings, no tables; what is off stays in
// the text as it was typed.
import MarkdownIt from 'markdown-it';
import { settleLinks } from './comment-links.js';

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true })
  .disable(['heading', 'lheading', 'table'])
  .use(settleLinks);

// Every link, even `javascript:`, is parsed as one and settled in one place; refused here it would be left as source text.
markdown.validateLink = () => true;

// The text of a bare address stays as typed: decoded, `xn--` look-alikes would pass for the names they imitate.
markdown.normalizeLinkText = (url) => url;

// Only `http://`, `https://`, `mailto:` and `www.` make a bare link. Guessing from endings links "agree.It" and "README.md"
// to strangers' hosts, and linking bare e-mail addresses feeds harvesters. `urlAuth` reads `http://me:secret@host` as one
// address, which is then refused, instead of linking to a host named "me".
markdown.linkify
  .set({ fuzzyLink: false, fuzzyEmail: false, urlAuth: true })
  .add('ftp:', null)
  .add('//', null)
  .add('www.', {
    validate: (text, position, { re }) => {
      const host = re.get_relative_proto_validator();
      host.lastIndex = position;
      return host.exec(text)?.[0].length ?? 0;
    },
    normalize: (match) => {
      match.url = `https://${match.url}`;
    },
  });

markdown.renderer.rules.s_open = () => '<del>';
markdown.renderer.rules.s_close = () => '</del>';
// A line of dashes only separates two paragraphs here; `<hr>` is not on the list.
markdown.renderer.rules.hr = () => '';

/** HTML of a commenter's Markdown, before the second wall. */
export function markdownToHtml(source: string): string {
  return markdown.render(source);
}
