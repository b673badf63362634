import { useEffect, useState } from 'preact/hooks';
import { count } from '../../lib/spam/wording.js';
import type { Job, JobResult, Page } from './item.js';
import { ask, rootOf } from './service.js';
import { useQueue } from './use-queue.js';
import { doneInWords } from './words.js';

const ASKED_MS = 500;

interface JobProps {
  readonly site: string;
  readonly job: Job;
  readonly onJob: (job: Job) => void;
  readonly onEnd: () => void;
}

/** How far a large act has come. It goes on when the page is left. */
export function JobProgress({ site, job, onJob, onEnd }: JobProps) {
  const [queue] = useQueue();
  const path = `${rootOf(site)}/jobs/${job.id}`;
  const isUnderWay = job.state === 'waiting' || job.state === 'running';
  useEffect(() => {
    if (!isUnderWay) {
      void queue.load();
      return;
    }
    const asking = setTimeout(() => {
      ask<Job>('GET', path).then(onJob, () => {
        onJob({ ...job });
      });
    }, ASKED_MS);
    return () => {
      clearTimeout(asking);
    };
  }, [job]);
  const act = (what: 'stop' | 'undo'): void => {
    ask<Job>('POST', `${path}/${what}`).then(onJob, (error: unknown) => {
      queue.say(error instanceof Error ? error.message : 'That did not work.');
    });
  };
  const total = job.total ?? 0;
  return (
    <div class="notice job" role="group" aria-label="A large act">
      <p role="status">{inWords(job)}</p>
      {isUnderWay && <progress aria-label="Progress" max={Math.max(1, total)} value={job.done} />}
      <div class="buttons">
        {isUnderWay && (
          <button
            type="button"
            onClick={() => {
              act('stop');
            }}
          >
            Stop
          </button>
        )}
        {!isUnderWay && job.moved > 0 && job.action !== 'delete' && job.action !== 'undo' && (
          <button
            type="button"
            onClick={() => {
              act('undo');
            }}
          >
            Undo
          </button>
        )}
        {!isUnderWay && (
          <button type="button" onClick={onEnd}>
            Close
          </button>
        )}
      </div>
      {!isUnderWay && <Results path={path} job={job} />}
    </div>
  );
}

function inWords({ state, action, total, done, moved, inForce, refused, failure }: Job): string {
  const what = doneInWords(action, 'pending');
  if (state === 'waiting') return 'It begins in a moment…';
  if (state === 'running')
    return `${what}: ${done.toLocaleString('en')}${total === null ? '' : ` of ${total.toLocaleString('en')}`}…`;
  const parts = [
    `${what}: ${count(moved, 'comment')}`,
    inForce > 0 ? `${inForce} had been so already` : '',
    refused > 0 ? `${refused} left as they were` : '',
    state === 'stopped' ? 'stopped before the end' : '',
    failure?.detail ?? '',
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`.replace('..', '.');
}

/** What became of each, a page at a time. */
function Results({ path, job }: { readonly path: string; readonly job: Job }) {
  const [page, setPage] = useState<Page<JobResult> | null>(null);
  const [queue] = useQueue();
  const more = (): void => {
    const cursor = page?.nextCursor;
    ask<Page<JobResult>>(
      'GET',
      `${path}/results?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    ).then(
      (next) => {
        setPage({ items: [...(page?.items ?? []), ...next.items], nextCursor: next.nextCursor });
      },
      () => {
        setPage({ items: [], nextCursor: null });
      },
    );
  };
  if (job.done === 0) return null;
  return (
    <details
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && page === null) more();
      }}
    >
      <summary>Each comment</summary>
      <ul class="results">
        {page?.items.map((one) => (
          <li key={one.id}>
            <a href={`/desk/sites/${queue.scene.site ?? ''}/comments/${one.id}`}>{one.id}</a>{' '}
            {'code' in one ? `left as it was (${one.code})` : one.status}
          </li>
        ))}
      </ul>
      {page?.nextCursor != null && (
        <button type="button" onClick={more}>
          More
        </button>
      )}
    </details>
  );
}
