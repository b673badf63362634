import { useEffect, useState } from 'preact/hooks';
import { AuthorStanding } from './author-standing.js';
import type { Detail, Item } from './item.js';
import { fullMoment } from './moments.js';
import { Notes } from './notes.js';
import { Reply } from './reply.js';
import { siteOf } from './scene.js';
import { ask, rootOf } from './service.js';
import { ThreadContext } from './thread-context.js';
import { useQueue } from './use-queue.js';

/** A claim lasts a minute; it is renewed while the comment stays open. */
const RENEWED_MS = 45_000;

/** What a closer look shows: the thread around it, notes, its history, and the author's standing. */
export function OpenedComment({ item }: { readonly item: Item }) {
  const [queue, state] = useQueue();
  const [detail, setDetail] = useState<Detail | null>(null);
  const [turn, setTurn] = useState(0);
  const site = queue.siteKey(item);
  const root = `${rootOf(site)}/comments/${item.id}`;
  const { mayDecide } = siteOf(queue.scene, site);
  useClaim(root, mayDecide);
  useEffect(() => {
    queue.detail(item).then(setDetail, () => {
      setDetail(null);
    });
  }, [queue, item.id, item.version, turn]);
  const again = (): void => {
    setTurn((now) => now + 1);
  };
  const part = state.opened?.part ?? 'all';
  return (
    <div class="opened">
      <ThreadContext root={root} />
      {mayDecide && item.status === 'published' && <Reply root={root} onDone={again} />}
      {detail && <Notes root={root} detail={detail} mayWrite={mayDecide} isWanted={part === 'note'} onChange={again} />}
      {mayDecide && <AuthorStanding root={root} item={item} />}
      {detail && <History detail={detail} />}
      <p class="quiet">
        <a href={`/desk/sites/${site}/comments/${item.id}`}>Its own page</a>
      </p>
    </div>
  );
}

function useClaim(root: string, mayDecide: boolean): void {
  useEffect(() => {
    if (!mayDecide) return;
    const claim = (): void => {
      ask('POST', `${root}/claim`).catch(() => undefined);
    };
    claim();
    const renewing = setInterval(claim, RENEWED_MS);
    return () => {
      clearInterval(renewing);
      ask('DELETE', `${root}/claim`).catch(() => undefined);
    };
  }, [root, mayDecide]);
}

function History({ detail: { events, revisions } }: { readonly detail: Detail }) {
  return (
    <details>
      <summary>History ({events.length})</summary>
      <ol class="events">
        {events.map(({ at, by, action, to, reason, note }) => (
          <li key={`${at} ${to} ${action}`}>
            <bdi>{by}</bdi>: {action}, so it was {to} <span class="quiet">({fullMoment(at)})</span>
            {reason !== undefined && reason !== '' && (
              <p>
                Reason: <bdi>{reason}</bdi>
              </p>
            )}
            {note !== undefined && note !== '' && (
              <p>
                Note: <bdi>{note}</bdi>
              </p>
            )}
          </li>
        ))}
      </ol>
      {revisions.length > 0 && (
        <ol class="texts">
          {revisions.map(({ body, replacedAt, replacedBy }) => (
            <li key={replacedAt}>
              <p class="quiet">
                Until <bdi>{replacedBy}</bdi> changed it, {fullMoment(replacedAt)}:
              </p>
              <div class="body" dir="auto">
                {body}
              </div>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
