import { useEffect, useRef, useState } from 'preact/hooks';
import type { Decision } from '../../comments/comment-status.js';
import { count } from '../../lib/spam/wording.js';
import { filterOf, isNarrowed } from './asked.js';
import type { Job, JobGroup } from './item.js';
import { JobProgress } from './job-progress.js';
import { siteOf } from './scene.js';
import { ask, rootOf } from './service.js';
import { useQueue } from './use-queue.js';
import { useSending } from './use-sending.js';

const ALL = [
  ['approve', 'Approve', ['pending', 'spam', 'rejected']],
  ['publish', 'Publish', ['approved']],
  ['unpublish', 'Unpublish', ['published']],
  ['reject', 'Reject', ['pending', 'spam', 'approved', 'published']],
  ['spam', 'Spam', ['pending', 'rejected', 'approved', 'published']],
  ['restore', 'Back to the queue', ['spam', 'rejected', 'approved', 'published']],
  ['delete', 'Delete…', ['spam', 'rejected']],
] as const satisfies readonly (readonly [Decision, string, readonly string[]])[];

export type BulkAction = (typeof ALL)[number][0];

/** What one decision does to many: those selected, or everything that matches, as a job that goes on by itself. */
export function BulkBar() {
  const [queue, { asked, selected }] = useQueue();
  const [isAll, setAll] = useState(false);
  const [wanted, setWanted] = useState<BulkAction | null>(null);
  const [job, setJob] = useState<Job | JobGroup | null>(null);
  const { fault, send } = useSending();
  const { site } = queue.scene;
  const carryOut = (action: BulkAction): void => {
    setWanted(null);
    if (!isAll) {
      void queue.decide([...selected], action);
      return;
    }
    void send(async () => {
      const on = site === null && asked.site !== '' && { sites: [asked.site] };
      setJob(await ask<Job | JobGroup>('POST', `${rootOf(site)}/jobs`, { action, filter: filterOf(asked), ...on }));
      setAll(false);
      queue.selectAll(false);
    });
  };
  if (asked.isGrouped || (site !== null && !siteOf(queue.scene, site).mayDecide)) return null;
  return (
    <>
      {job && (
        <JobProgress
          site={site}
          job={job}
          onEnd={() => {
            setJob(null);
          }}
          onJob={setJob}
        />
      )}
      <Selection
        isAll={isAll}
        onAll={setAll}
        onAct={(action) => {
          // Everything, or for good: asked for twice.
          if (isAll || action === 'delete') setWanted(action);
          else carryOut(action);
        }}
      />
      {wanted !== null && (
        <Sure
          action={wanted}
          chosen={isAll ? 'everything that matches' : count(selected.size, 'comment')}
          onSure={() => {
            carryOut(wanted);
          }}
          onNot={() => {
            setWanted(null);
          }}
        />
      )}
      {fault !== null && <Fault words={fault} />}
    </>
  );
}

function Fault({ words }: { readonly words: string }) {
  return (
    <p class="alert" role="alert">
      {words}
    </p>
  );
}

interface SelectionProps {
  readonly isAll: boolean;
  readonly onAll: (isAll: boolean) => void;
  readonly onAct: (action: BulkAction) => void;
}

function Selection({ isAll, onAll, onAct }: SelectionProps) {
  const [queue, { asked, cards, selected }] = useQueue();
  const open = cards.filter(({ outcome }) => outcome === null);
  if (open.length === 0) return null;
  const words = isAll ? 'All that match selected' : `${selected.size} selected`;
  return (
    <div class="bulk-bar" role="group" aria-label="Decide about many">
      <label class="tick">
        <input
          type="checkbox"
          checked={selected.size === open.length}
          ref={(box) => {
            if (box) box.indeterminate = selected.size > 0 && selected.size < open.length;
          }}
          onChange={({ currentTarget }) => {
            queue.selectAll(currentTarget.checked);
            onAll(false);
          }}
        />
        {selected.size === 0 ? allInWords(open.length) : words}
      </label>
      {selected.size > 0 && !isAll && (
        <MatchAll
          onAll={() => {
            onAll(true);
          }}
        />
      )}
      {selected.size > 0 && (
        <div class="buttons bulk">
          {ALL.filter(([, , from]) => (from as readonly string[]).includes(asked.status)).map(([action, name]) => (
            <button
              key={action}
              type="button"
              class={action}
              onClick={() => {
                onAct(action);
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface SureProps {
  readonly action: BulkAction;
  readonly chosen: string;
  readonly onSure: () => void;
  readonly onNot: () => void;
}

function Sure({ action, chosen, onSure, onNot }: SureProps) {
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    yes.current?.focus();
  }, []);
  return (
    <div
      class="alert"
      role="alertdialog"
      aria-label="Are you sure?"
      onKeyDown={({ key }) => {
        if (key === 'Escape') onNot();
      }}
    >
      <p>
        {inWords(action)} {chosen}?{' '}
        {action === 'delete' ? 'This cannot be undone.' : 'It goes on by itself and can be stopped and undone.'}
      </p>
      <div class="buttons">
        <button ref={yes} type="button" class={action} onClick={onSure}>
          {inWords(action)}
        </button>
        <button type="button" onClick={onNot}>
          Cancel
        </button>
      </div>
    </div>
  );
}

function MatchAll({ onAll }: { readonly onAll: () => void }) {
  const [{ scene }, { asked, summary, nextCursor }] = useQueue();
  if (nextCursor === null) return null;
  // Of many sites there may be some that one only reads.
  const isCounted = scene.site !== null && !isNarrowed(asked) && !asked.isReported;
  const total = isCounted ? summary?.counts[asked.status] : null;
  return (
    <button type="button" class="plain" onClick={onAll}>
      Select {total === null || total === undefined ? 'everything that matches' : `all ${total.toLocaleString('en')}`}
    </button>
  );
}

function inWords(action: BulkAction): string {
  return action === 'delete' ? 'Delete' : (ALL.find(([one]) => one === action)?.[1] ?? action);
}

function allInWords(count: number): string {
  return count === 1 ? 'Select the one that is loaded' : `Select the ${count} that are loaded`;
}
