import { useEffect, useRef, useState } from 'preact/hooks';
import { ACTS, AT_FIRST, holderOf, isKey, keysOf, ON_SELECTION, remap, type Act } from './keys.js';
import type { Keys } from './use-keys.js';

/** The keys, each of which can be another, and the switch that turns all of them off. */
export function KeyHelp({ keys }: { readonly keys: Keys }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (keys.isHelpShown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [keys.isHelpShown]);
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="keys-title" onClose={keys.hideHelp}>
      <h2 id="keys-title">Keys</h2>
      <label class="tick">
        <input
          type="checkbox"
          checked={!keys.choice.isOff}
          onChange={({ currentTarget }) => {
            keys.choose({ ...keys.choice, isOff: !currentTarget.checked });
          }}
        />
        Use keys on this page
      </label>
      <dl class="keys">
        {ACTS.map(([act, words]) => (
          <KeyRow key={act} act={act} words={words} keys={keys} />
        ))}
      </dl>
      <p class="hint">With Shift, {ON_SELECTION.join(', ')} act on everything selected.</p>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          onClick={() => {
            dialog.current?.close();
          }}
        >
          Close
        </button>
        <button
          type="button"
          onClick={() => {
            keys.choose(AT_FIRST);
          }}
        >
          As at first
        </button>
      </div>
    </dialog>
  );
}

function KeyRow({ act, words, keys }: { readonly act: Act; readonly words: string; readonly keys: Keys }) {
  const [isAsking, setAsking] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const shown = keysOf(keys.choice, act);
  const press = (event: KeyboardEvent): void => {
    if (!isAsking || event.key === 'Tab' || event.key === 'Shift') return;
    event.preventDefault();
    if (event.key === 'Escape') setAsking(false);
    else if (!isKey(event.key)) setFault('Press a letter, a digit or a sign.');
    else {
      const holder = holderOf(keys.choice, event.key, act);
      keys.choose(remap(keys.choice, act, event.key));
      setFault(holder === null ? null : `“${event.key}” was for another act, which no longer has it.`);
      setAsking(false);
    }
  };
  return (
    <div>
      <dt>{words}</dt>
      <dd>
        {shown.length === 0 ? <span class="quiet">none</span> : shown.map((key) => <kbd key={key}>{key}</kbd>)}
        <button
          type="button"
          class="plain"
          aria-label={isAsking ? `Press the new key for: ${words}` : `Change the key for: ${words}`}
          onClick={() => {
            setAsking(!isAsking);
            setFault(null);
          }}
          onKeyDown={press}
        >
          {isAsking ? 'press a key' : 'change'}
        </button>
        {fault !== null && (
          <span class="hint" role="alert">
            {fault}
          </span>
        )}
      </dd>
    </div>
  );
}
