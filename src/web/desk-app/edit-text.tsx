import { useEffect, useRef, useState } from 'preact/hooks';
import type { Item } from './item.js';
import { Refusal } from './service.js';
import { useQueue } from './use-queue.js';

/** The text to be changed in place. What it was stays in its history. */
export function EditText({ item }: { readonly item: Item }) {
  const [queue] = useQueue();
  const [text, setText] = useState(item.body);
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    setSaving(true);
    try {
      await queue.edit(item, text);
      queue.open(null);
    } catch (error) {
      setFault(error instanceof Refusal ? error.detail : 'That did not work. Try again.');
    }
    setSaving(false);
  };
  return (
    <form class="field" onSubmit={(event) => void save(event)}>
      <label for={`text-${item.id}`}>Text</label>
      <textarea
        id={`text-${item.id}`}
        ref={field}
        rows={6}
        maxLength={10_000}
        dir="auto"
        value={text}
        aria-invalid={fault !== null}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') queue.open(null);
        }}
      />
      {fault !== null && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <div class="buttons">
        <button class="primary" disabled={isSaving}>
          Save
        </button>
        <button
          type="button"
          onClick={() => {
            queue.open(null);
          }}
        >
          Cancel
        </button>
      </div>
    </form>
  );
}
