import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { markHidden } from '../desk/mark-hidden.js';
import type { Item } from './item.js';
import { markWords } from './mark-words.js';
import { nodesOf } from './trusted-html.js';

/** Longer texts are cut until they are asked for, or a queue would be one comment long. */
const LONG = 1_200;

/** The comment as readers would see it, with what told in it marked. */
export function CommentBody({ item }: { readonly item: Item }) {
  const place = useRef<HTMLDivElement>(null);
  const [isWhole, setWhole] = useState(false);
  const isLong = item.body.length > LONG;
  const { verdict } = item;
  useLayoutEffect(() => {
    const nodes = nodesOf(markHidden(item.html).markup);
    const words = verdict?.signals.flatMap(({ terms = [], weight }) =>
      terms.map((word) => ({ word, isFor: weight > 0 })),
    );
    markWords(nodes, words ?? []);
    place.current?.replaceChildren(nodes);
  }, [item.html, verdict]);
  if (item.status === 'deleted') return <p class="quiet">The text was deleted.</p>;
  return (
    <>
      <div ref={place} class={`body${isLong && !isWhole ? ' cut' : ''}`} dir="auto" />
      {isLong && (
        <p>
          <button
            type="button"
            class="plain"
            aria-expanded={isWhole}
            onClick={() => {
              setWhole(!isWhole);
            }}
          >
            {isWhole ? 'Shorten' : 'Show the whole text'}
          </button>
        </p>
      )}
    </>
  );
}
