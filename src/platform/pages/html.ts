import { escapeHtml } from '../../lib/markup/escape-html.js';

/** Markup that may stand in a page as it is. Only `html` and `trusted` make one, so every other text is escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What a template may hold: text is escaped, nothing is left out, a list stands one after the other. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/** Escapes whatever is put in. Every attribute with a hole stands in double quotes; no hole stands in a tag's name. */
export function html(parts: TemplateStringsArray, ...holes: readonly Content[]): Html {
  let markup = parts[0] ?? '';
  holes.forEach((hole, index) => {
    markup += write(hole) + (parts[index + 1] ?? '');
  });
  return new Html(markup);
}

/** For what was made safe elsewhere: the HTML of `renderComment`. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

/** The text, or other words where it has nothing to show. */
export function shownOr(text: string | null | undefined, otherwise: string): string {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? otherwise : trimmed;
}

function write(content: Content): string {
  if (content instanceof Html) return content.markup;
  if (Array.isArray(content)) return (content as readonly Content[]).map(write).join('');
  if (typeof content === 'number') return String(content);
  return typeof content === 'string' ? escapeHtml(content) : '';
}
