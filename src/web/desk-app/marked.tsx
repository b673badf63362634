import { useLayoutEffect, useRef } from 'preact/hooks';
import { markHiddenText } from '../desk/mark-hidden.js';
import { nodesOf } from './trusted-html.js';

/** A stranger's words on one line: what is hidden in them shows, and they turn no other words round. */
export function Marked({ text }: { readonly text: string }) {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(nodesOf(markHiddenText(text).markup));
  }, [text]);
  return <bdi ref={place}>{text}</bdi>;
}
