import { useState } from 'preact/hooks';
import type { Signal } from '../../lib/spam/verdict.js';
import type { ModerationPolicy } from '../../sites/site-settings.js';
import {
  LABEL_WORDS,
  probabilityInWords,
  scoreInWords,
  capital,
  signedWeight,
  weightInWords,
  whyHere,
} from '../desk/verdict-words.js';
import type { Item } from './item.js';
import { Marked } from './marked.js';
import { useQueue } from './use-queue.js';

/** Shown at once; the others are asked for. */
const FEW = 3;

/** Why the comment is here, in sentences with their weights. */
export function Reasons({ item, policy }: { readonly item: Item; readonly policy: ModerationPolicy }) {
  const [isAll, setAll] = useState(false);
  const { verdict } = item;
  const why = whyHere(item, policy);
  const sum = verdict && scoreInWords(verdict);
  const signals = verdict?.signals ?? [];
  const shown = isAll ? signals : signals.slice(0, FEW);
  return (
    <div class="why">
      <p>
        {verdict && (
          <>
            <strong class={`badge ${verdict.label}`}>{LABEL_WORDS[verdict.label]}</strong>{' '}
            {probabilityInWords(verdict.probability)}.{' '}
          </>
        )}
        {why}
      </p>
      {verdict && signals.length === 0 && <p class="quiet">Nothing about it stands out.</p>}
      {shown.length > 0 && (
        <ul class="signals">
          {shown.map((signal) => (
            <OneReason key={`${signal.name} ${signal.why}`} signal={signal} />
          ))}
        </ul>
      )}
      {signals.length > FEW && (
        <p class="quiet">
          <button
            type="button"
            class="plain"
            aria-expanded={isAll}
            onClick={() => {
              setAll(!isAll);
            }}
          >
            {isAll ? 'Fewer reasons' : `All ${signals.length} reasons`}
          </button>{' '}
          {isAll && sum}
        </p>
      )}
      {signals.length <= FEW && sum !== null && <p class="quiet">{sum}</p>}
    </div>
  );
}

function OneReason({ signal: { name, weight, why } }: { readonly signal: Signal }) {
  const [queue, { asked }] = useQueue();
  return (
    <li>
      <span class={`weight ${weight > 0 ? 'for' : 'against'}`}>{signedWeight(weight)}</span>
      <span>
        <Marked text={capital(why)} />{' '}
        <span class="quiet">
          ({weightInWords(weight)};{' '}
          <button type="button" class="plain" onClick={() => void queue.show({ ...asked, reason: name })}>
            others like it
          </button>
          )
        </span>
      </span>
    </li>
  );
}
