import type { Item, Standing } from './item.js';
import { ask } from './service.js';
import { useQueue } from './use-queue.js';
import { useSending } from './use-sending.js';

const STANDS: Readonly<Record<Standing | 'none', string>> = {
  none: 'Their comments are judged like everybody’s.',
  trusted: 'Trusted: what they write passes the filter.',
  banned: 'Banned: what they write is put away as spam.',
};

const CHANGES = [
  ['trusted', 'Trust this address', 'The author is trusted from now on.'],
  ['banned', 'Ban this address', 'The author is banned from now on.'],
  ['none', 'Judge like everybody', 'The author is judged like everybody again.'],
] as const;

/** What happens to everything that this address writes here from now on. */
export function AuthorStanding({ root, item }: { readonly root: string; readonly item: Item }) {
  const [queue] = useQueue();
  const { isSending, fault, send } = useSending();
  const standing = item.author.standing ?? 'none';
  const change = (to: Standing | 'none', words: string): void => {
    void send(() => ask('PUT', `${root}/author/standing`, { standing: to })).then((isDone) => {
      if (!isDone) return;
      queue.patch(item.id, { author: { ...item.author, standing: to === 'none' ? null : to } });
      queue.say(words);
    });
  };
  if (item.author.email === '') return null;
  return (
    <section aria-label="The author">
      <h3>The author</h3>
      <p class="quiet">{STANDS[standing]}</p>
      <div class="buttons">
        {CHANGES.filter(([to]) => to !== standing).map(([to, words, done]) => (
          <button
            key={to}
            type="button"
            class={to === 'banned' ? 'spam' : undefined}
            disabled={isSending}
            onClick={() => {
              change(to, done);
            }}
          >
            {words}
          </button>
        ))}
      </div>
      {fault !== null && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </section>
  );
}
