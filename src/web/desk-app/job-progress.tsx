import { useEffect, useState } from 'preact/hooks';
import { count } from '../../lib/spam/wording.js';
import type { Job, JobGroup, JobResult, Page } from './item.js';
import { ask, rootOf } from './service.js';
import { useQueue } from './use-queue.js';
import { doneInWords } from './words.js';

const ASKED_MS = 500;

interface JobProps {
  /** Null for an act over several sites. */
  readonly site: string | null;
  readonly job: Job | JobGroup;
  readonly onJob: (job: Job | JobGroup) => void;
  readonly onEnd: () => void;
}

interface Progress {
  readonly isUnderWay: boolean;
  readonly canUndo: boolean;
  readonly act: (what: 'stop' | 'undo') => void;
}

/** Asks how far it is until it has ended; then `z` takes it back. */
function useProgress({ site, job, onJob }: JobProps): Progress {
  const [queue] = useQueue();
  const path = `${rootOf(site)}/jobs/${job.id}`;
  const isUnderWay = job.state === 'waiting' || job.state === 'running';
  const canUndo = !isUnderWay && job.moved > 0 && job.action !== 'delete' && job.action !== 'undo';
  const act = (what: 'stop' | 'undo'): void => {
    ask<Job | JobGroup>('POST', `${path}/${what}`).then(onJob, (error: unknown) => {
      queue.say(error instanceof Error ? error.message : 'That did not work.');
    });
  };
  useEffect(() => {
    if (!isUnderWay) {
      void queue.load();
      return;
    }
    const asking = setTimeout(() => {
      ask<Job | JobGroup>('GET', path).then(onJob, () => {
        onJob({ ...job });
      });
    }, ASKED_MS);
    return () => {
      clearTimeout(asking);
    };
  }, [job]);
  useEffect(() => {
    if (!canUndo) return;
    return queue.offerUndo(() => {
      act('undo');
    });
  }, [job, canUndo]);
  return { isUnderWay, canUndo, act };
}

/** How far a large act has come. It goes on when the page is left. */
export function JobProgress(props: JobProps) {
  const { site, job, onEnd } = props;
  const { isUnderWay, canUndo, act } = useProgress(props);
  return (
    <div class="notice job" role="group" aria-label="A large act">
      <p role="status">{inWords(job)}</p>
      {isUnderWay && <progress aria-label="Progress" max={Math.max(1, job.total ?? 0)} value={job.done} />}
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
        {canUndo && (
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
      {!isUnderWay && ('jobs' in job ? <Sites group={job} /> : <Results site={site ?? ''} job={job} />)}
    </div>
  );
}

/** What came of it on each site. */
function Sites({ group }: { readonly group: JobGroup }) {
  return (
    <ul class="results">
      {group.jobs.map((job) => (
        <li key={job.id}>
          <bdi>{job.site.name}</bdi>: {inWords(job)}
          <Results site={job.site.key} job={job} />
        </li>
      ))}
    </ul>
  );
}

function inWords({ state, action, total, done, moved, inForce, refused, ...rest }: Job | JobGroup): string {
  const failure = 'failure' in rest ? rest.failure : null;
  const what = doneInWords(action, 'pending');
  if (state === 'waiting') return 'It begins in a moment…';
  if (state === 'running')
    return `${what}: ${done.toLocaleString('en')}${total === null ? '' : ` of ${total.toLocaleString('en')}`}…`;
  const parts = [
    `${what}: ${count(moved, 'comment')}`,
    inForce > 0 ? `${inForce} had been so already` : '',
    refused > 0 ? `${refused} left as they were` : '',
    state === 'stopped' ? 'stopped before the end' : '',
    state === 'failed' ? (failure?.detail ?? 'not everywhere: see below') : '',
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`.replace('..', '.');
}

/** What became of each, a page at a time. */
function Results({ site, job }: { readonly site: string; readonly job: Job }) {
  const path = `${rootOf(site)}/jobs/${job.id}`;
  const [page, setPage] = useState<Page<JobResult> | null>(null);
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
            <a href={`/desk/sites/${site}/comments/${one.id}`}>{one.id}</a>{' '}
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
