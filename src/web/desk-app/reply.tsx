import { useState } from 'preact/hooks';
import { ask } from './service.js';
import { useQueue } from './use-queue.js';
import { useSending } from './use-sending.js';

/** A word of the site's own, published at once under the comment. */
export function Reply({ root, onDone }: { readonly root: string; readonly onDone: () => void }) {
  const [queue] = useQueue();
  const [text, setText] = useState('');
  const { isSending, fault, send } = useSending();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await send(() => ask('POST', `${root}/replies`, { body: text })))) return;
    setText('');
    queue.say('Your reply is published.');
    onDone();
  };
  return (
    <form class="field" onSubmit={(event) => void submit(event)}>
      <label for="reply">
        Reply <span class="quiet">published at once, under your name, with the site’s badge</span>
      </label>
      <textarea
        id="reply"
        rows={3}
        maxLength={10_000}
        dir="auto"
        value={text}
        required
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
        }}
      />
      {fault !== null && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <button disabled={isSending || text.trim() === ''}>Publish the reply</button>
    </form>
  );
}
