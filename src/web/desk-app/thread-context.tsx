import { useEffect, useState } from 'preact/hooks';
import type { Neighbour, Thread } from './item.js';
import { Marked } from './marked.js';
import { ago } from './moments.js';
import { SafeHtml } from './safe-html.js';
import { ask } from './service.js';

/** What the comment answers, and what answers it. */
export function ThreadContext({ root }: { readonly root: string }) {
  const [thread, setThread] = useState<Thread | null>(null);
  useEffect(() => {
    ask<Thread>('GET', `${root}/thread`).then(setThread, () => {
      setThread(null);
    });
  }, [root]);
  if (!thread || (thread.ancestors.length === 0 && thread.replies.length === 0)) return null;
  return (
    <section class="thread" aria-label="The thread around it">
      {thread.ancestors.length > 0 && <h3>In reply to</h3>}
      {thread.ancestors.map((one) => (
        <Beside key={one.id} one={one} />
      ))}
      {thread.replies.length > 0 && <h3>Replies</h3>}
      {thread.replies.map((one) => (
        <Beside key={one.id} one={one} />
      ))}
      {thread.moreReplies && <p class="quiet">There are more.</p>}
    </section>
  );
}

function Beside({ one: { author, html, status, submittedAt } }: { readonly one: Neighbour }) {
  return (
    <blockquote>
      <p class="quiet">
        <Marked text={author.name} /> {author.verified && <span class="badge ham">one of this site’s people</span>}{' '}
        {ago(submittedAt, Date.now())}
        {status !== 'published' && `, ${status}`}
      </p>
      {html === '' ? <p class="quiet">The text was deleted.</p> : <SafeHtml html={html} />}
    </blockquote>
  );
}
