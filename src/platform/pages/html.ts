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

function write(content: Content): string {
  if (content instanceof Html) return content.markup;
  if (Array.isArray(content)) return (content as readonly Content[]).map(write).join('');
  if (content === null || content === undefined || content === false) return '';
  return escapeHtml(String(content as string | number));
}
