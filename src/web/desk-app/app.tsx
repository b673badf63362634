import { useEffect } from 'preact/hooks';
import { readAsked } from './asked.js';
import { BulkBar } from './bulk-bar.js';
import { CampaignList } from './campaign-list.js';
import { CardList } from './card-list.js';
import { Filters } from './filters.js';
import { KeyHelp } from './key-help.js';
import { listen } from './news.js';
import { Tabs } from './tabs.js';
import { useKeys } from './use-keys.js';
import { useQueue } from './use-queue.js';

export function App() {
  const [queue, state] = useQueue();
  const keys = useKeys(queue);
  useEffect(() => listen(queue), [queue]);
  useEffect(() => {
    const back = (): void => {
      void queue.show(readAsked(location.search), 'none');
    };
    addEventListener('popstate', back);
    return () => {
      removeEventListener('popstate', back);
    };
  }, [queue]);
  const { site } = queue.scene;
  const name = site === null ? null : (queue.scene.sites[site]?.name ?? site);
  const waiting = state.summary?.counts.pending ?? 0;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${name ?? 'All your sites'} · Winnow`;
  }, [waiting, name]);
  return (
    <>
      <h1>Comments of {name === null ? 'all your sites' : <bdi>{name}</bdi>}</h1>
      <Tabs />
      <Filters keys={keys} />
      <p class="unseen" role="status">
        {state.said}
      </p>
      <News />
      <BulkBar />
      {state.asked.isGrouped ? <CampaignList /> : <CardList />}
      <Standing />
      <KeyHelp keys={keys} />
    </>
  );
}

/** What came meanwhile waits here, so that nothing moves under somebody's eyes. */
function News() {
  const [queue, { fresh, isOld }] = useQueue();
  if (fresh.size === 0 && !isOld) return null;
  const words = fresh.size > 0 ? `${fresh.size} new` : 'There may be news';
  return (
    <p class="news" role="status">
      <button
        type="button"
        onClick={() => {
          void queue.load().then(() => {
            window.scrollTo({ top: 0 });
          });
        }}
      >
        {words}: show
      </button>
    </p>
  );
}

function Standing() {
  const [queue, { summary }] = useQueue();
  if (!summary) return null;
  const hours = Math.floor((summary.oldestWaitingSeconds ?? 0) / 3600);
  const { site } = queue.scene;
  return (
    <p class="quiet standing">
      {summary.decisionsToday} {summary.decisionsToday === 1 ? 'decision' : 'decisions'} today.{' '}
      {hours > 0 && `The oldest comment has waited ${hours} ${hours === 1 ? 'hour' : 'hours'}. `}
      {summary.counts.received > 0 && `${summary.counts.received} still being looked at. `}
      {site !== null && <a href={`/desk/sites/${site}/filter`}>How the filter did</a>}
    </p>
  );
}
