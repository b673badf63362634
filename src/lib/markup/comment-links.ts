// Settles what every link and image of a parsed comment becomes: a link that says where it goes, or only its text.
import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { safeLinkUrl } from './safe-url.js';
import { hasVisibleText } from './visible-text.js';

// One long address defined once and used a thousand times would make 10,000 characters into megabytes of HTML. All the
// addresses one can type out within the limit fit in this.
const hrefBudget = 50_000;

/** Makes link addresses of one comment, until their sum in characters passes the budget. */
function linkUrls(): (href: string) => string | null {
  let left = hrefBudget;
  return (href) => {
    left -= href.length;
    return left < 0 ? null : safeLinkUrl(href);
  };
}

/** A markdown-it plugin. Afterwards no image is left, and every link leads to an absolute http, https or mailto address. */
export function settleLinks(markdown: MarkdownIt): void {
  markdown.core.ruler.push('settle_links', (state) => {
    const urlOf = linkUrls();
    for (const block of state.tokens) {
      if (block.children !== null) block.children = settleInline(block.children, state, urlOf);
    }
  });
}

function settleInline(tokens: readonly Token[], state: StateCore, urlOf: (href: string) => string | null): Token[] {
  const settled: Token[] = [];
  let opened: { href: string; content: Token[] } | null = null;
  for (const token of tokens) {
    if (token.type === 'link_open') {
      opened = { href: String(token.attrGet('href')), content: [] };
    } else if (token.type === 'link_close' && opened !== null) {
      settled.push(...link(urlOf(opened.href), opened.content, state));
      opened = null;
    } else if (token.type === 'image' && opened === null) {
      settled.push(...link(urlOf(String(token.attrGet('src'))), [altText(token, state)], state));
    } else {
      (opened?.content ?? settled).push(token.type === 'image' ? altText(token, state) : token);
    }
  }
  return settled;
}

function link(url: string | null, content: Token[], state: StateCore): Token[] {
  if (url === null) return content;
  const open = new state.Token('link_open', 'a', 1);
  open.attrSet('href', url);
  // A link without visible text is how spam hides one, and nothing a screen reader could announce.
  const isVisible = content.some((token) => hasVisibleText(token.content));
  return [open, ...(isVisible ? content : [text(url, state)]), new state.Token('link_close', 'a', -1)];
}

function altText(image: Token, state: StateCore): Token {
  return text(state.md.renderer.renderInlineAsText(image.children ?? [], state.md.options, state.env), state);
}

function text(content: string, state: StateCore): Token {
  const token = new state.Token('text', '', 0);
  token.content = content;
  return token;
}
