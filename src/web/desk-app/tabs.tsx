import { addressOf, TABS, tabOf, type Asked } from './asked.js';
import { useQueue } from './use-queue.js';

/** The statuses with their counts, which keep up by themselves. Links, so that one can be opened beside. */
export function Tabs() {
  const [, { asked, summary }] = useQueue();
  return (
    <nav class="tabs" aria-label="Comments by status">
      {TABS.map(([status, words]) => (
        <Tab
          key={status}
          to={tabOf(asked, status)}
          words={words}
          count={summary?.counts[status]}
          isHere={asked.status === status && !asked.isReported}
        />
      ))}
      {((summary?.reported ?? 0) > 0 || asked.isReported) && (
        <Tab
          to={tabOf(asked, 'published', true)}
          words="Reported"
          count={summary?.reported}
          isHere={asked.isReported}
        />
      )}
    </nav>
  );
}

interface TabProps {
  readonly to: Asked;
  readonly words: string;
  readonly count: number | undefined;
  readonly isHere: boolean;
}

function Tab({ to, words, count, isHere }: TabProps) {
  const [queue] = useQueue();
  return (
    <a
      href={`${location.pathname}${addressOf(to)}`}
      aria-current={isHere ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void queue.show(to);
      }}
    >
      {words} <span class="count">{count ?? '…'}</span>
    </a>
  );
}
