import { useLayoutEffect, useRef } from 'preact/hooks';
import { markHidden } from '../desk/mark-hidden.js';
import { nodesOf } from './trusted-html.js';

/** A comment as the service has rendered and cleaned it. */
export function SafeHtml({ html }: { readonly html: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(nodesOf(markHidden(html).markup));
  }, [html]);
  return <div ref={place} class="body" dir="auto" />;
}
