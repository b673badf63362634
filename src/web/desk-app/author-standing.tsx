import type { Item, Standing } from './item.js';
import { ask } from './service.js';
import { useQueue } from './use-queue.js';
import { useSending } from './use-sending.js';

/** What happens to everything that this address writes here from now on. */
export function AuthorStanding({ root, item }: { readonly root: string; readonly item: Item }) {
  const [queue] = useQueue();
  const { isSending, fault, send } = useSending();
  const { standing = null } = item.author;
  const set = (to: Standing | 'none', words: string): void => {
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
      <p class="quiet">
        {standing === null && 'Their comments are judged like everybody’s.'}
        {standing === 'trusted' && 'Trusted: what they write passes the filter.'}
        {standing === 'banned' && 'Banned: what they write is put away as spam.'}
      </p>
      <div class="buttons">
        {standing !== 'trusted' && (
          <button
            type="button"
            disabled={isSending}
            onClick={() => {
              set('trusted', 'The author is trusted from now on.');
            }}
          >
            Trust this address
          </button>
        )}
        {standing !== 'banned' && (
          <button
            type="button"
            class="spam"
            disabled={isSending}
            onClick={() => {
              set('banned', 'The author is banned from now on.');
            }}
          >
            Ban this address
          </button>
        )}
        {standing !== null && (
          <button
            type="button"
            disabled={isSending}
            onClick={() => {
              set('none', 'The author is judged like everybody again.');
            }}
          >
            {standing === 'banned' ? 'Lift the ban' : 'Trust no longer'}
          </button>
        )}
      </div>
      {fault !== null && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </section>
  );
}
