import { renderComment, RENDERER_VERSION } from '../lib/markup/render-comment.js';

export interface RenderedRow {
  readonly body: string;
  readonly html: string | null;
  readonly rendererVersion: number | null;
}

/** As it was kept, unless that is missing or of another version of the renderer. */
export function renderedHtml({ body, html, rendererVersion }: RenderedRow): string {
  return html !== null && rendererVersion === RENDERER_VERSION ? html : renderComment(body);
}
