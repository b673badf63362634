import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isNarrowed } from './asked.js';
import { CommentCard } from './comment-card.js';
import { useQueue } from './use-queue.js';
import { useVirtualList } from './virtual-list.js';

/** So many cards from its end the list asks for more. */
const NEAR_END = 12;

/** The comments as a feed (ARIA 1.2): only what can be seen is in the page, and more comes as one goes on. */
export function CardList() {
  const [queue, state] = useQueue();
  const { cards, current, phase, nextCursor } = state;
  const place = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const top = place.current ? place.current.getBoundingClientRect().top + window.scrollY : 0;
    if (Math.abs(top - margin) > 1) setMargin(top);
  });
  const at = cards.findIndex(({ item }) => item.id === current);
  const keys = useKeysOf(cards.map(({ item }) => item.id));
  const list = useVirtualList({ keys, margin, kept: at });
  const last = list.items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (cards.length > 0 && last >= cards.length - NEAR_END) void queue.more();
  }, [queue, last, cards.length, phase]);
  useFocusOn(current, at, list.reveal);
  if (cards.length === 0) return <Empty />;
  const total = nextCursor === null ? cards.length : -1;
  return (
    <>
      <div
        ref={place}
        class="feed"
        role="feed"
        aria-label="Comments"
        aria-busy={phase === 'more' || phase === 'loading'}
        style={{ height: `${list.height}px` }}
      >
        {list.items.map(({ index, key, start }) => {
          const card = cards[index];
          return (
            card && (
              <div
                key={key}
                class="slot"
                data-index={index}
                ref={list.measure}
                style={{ transform: `translateY(${start - margin}px)` }}
              >
                <CommentCard card={card} place={index + 1} total={total} />
              </div>
            )
          );
        })}
      </div>
      {phase === 'more' && <p class="quiet">More comes…</p>}
      {state.fault !== null && (
        <p class="alert" role="alert">
          {state.fault}
        </p>
      )}
    </>
  );
}

/** The same array while the cards are the same, so that a list knows when one went or came. */
function useKeysOf(keys: readonly string[]): readonly string[] {
  const kept = useRef(keys);
  const isSame = kept.current.length === keys.length && kept.current.every((key, at) => key === keys[at]);
  if (!isSame) kept.current = keys;
  return kept.current;
}

/**
 * The keyboard is where the current card is, as soon as that is in the page. Not at the start: a page does not take the
 * focus when it comes.
 */
function useFocusOn(current: string | null, at: number, reveal: (index: number) => void): void {
  const before = useRef(current);
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (current !== before.current) wanted.current = current;
    before.current = current;
    if (wanted.current === null || at < 0) return;
    const card = document.getElementById(`c-${wanted.current}`);
    if (!card) {
      reveal(at);
      return;
    }
    wanted.current = null;
    // A click into a card has made it the current one: what was clicked keeps the focus.
    if (card.contains(document.activeElement)) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: 'nearest' });
  });
}

function Empty() {
  const [queue, { asked, phase, fault, nextCursor, summary, done }] = useQueue();
  if (phase === 'failed') {
    return (
      <div class="empty" role="alert">
        <p>{fault}</p>
        <button type="button" onClick={() => void queue.load()}>
          Try again
        </button>
      </div>
    );
  }
  const says = (): string => {
    if (phase === 'loading') return 'The comments come…';
    if (nextCursor !== null) return 'Nothing so far.';
    if (isNarrowed(asked)) return 'Nothing here matches that.';
    if (asked.status !== 'pending') return 'There is nothing here.';
    if ((summary?.counts.received ?? 0) > 0)
      return 'Nothing is waiting for you yet; the newest comments are still being looked at.';
    return done.length > 0
      ? 'That was the last one. Nothing is waiting for you.'
      : 'Nothing is waiting for you. Have a good day.';
  };
  return (
    <div class="empty">
      <p>{says()}</p>
      {phase === 'ready' && nextCursor !== null && (
        <button type="button" onClick={() => void queue.more()}>
          Look further
        </button>
      )}
    </div>
  );
}
