import { useState } from 'preact/hooks';
import type { Decision } from '../../comments/comment-status.js';
import type { Item } from './item.js';
import { siteOf } from './scene.js';
import { useQueue } from './use-queue.js';

/** The decisions that would change something now, in the order of how often they are wanted. */
const BUTTONS = [
  ['approve', 'Approve'],
  ['publish', 'Publish'],
  ['unpublish', 'Unpublish'],
  ['reject', 'Reject'],
  ['spam', 'Spam'],
  ['restore', 'Back to the queue'],
] as const satisfies readonly (readonly [Decision, string])[];

interface DecideProps {
  readonly item: Item;
  readonly isOpen: boolean;
}

/** The buttons of one comment; when it is open, a reason for its author and the way to delete it for good as well. */
export function Decide({ item, isOpen }: DecideProps) {
  const [queue] = useQueue();
  const [reason, setReason] = useState('');
  const [isDeleting, setDeleting] = useState(false);
  const isReported = item.reports.count > 0 && item.status === 'published';
  return (
    <div class="decide">
      {isOpen && <Reason id={item.id} reason={reason} onReason={setReason} />}
      <div class="buttons">
        {isReported && (
          // Somebody has looked at what readers reported, and it stays.
          <button
            type="button"
            class="approve"
            aria-describedby={`by-${item.id}`}
            onClick={() => void queue.keep(item.id)}
          >
            Keep it
          </button>
        )}
        <Possible item={item} reason={reason} />
        <button
          type="button"
          aria-expanded={isOpen}
          aria-describedby={`by-${item.id}`}
          onClick={() => {
            queue.open(isOpen ? null : item.id);
          }}
        >
          {isOpen ? 'Close' : 'Open'}
        </button>
        {isOpen && !isDeleting && (
          <button
            type="button"
            onClick={() => {
              setDeleting(true);
            }}
          >
            Delete…
          </button>
        )}
      </div>
      {isOpen && isDeleting && (
        <DeleteForGood
          onDelete={() => void queue.decide([item.id], 'delete', reason)}
          onKeep={() => {
            setDeleting(false);
          }}
        />
      )}
    </div>
  );
}

function Possible({ item, reason }: { readonly item: Item; readonly reason: string }) {
  const [queue] = useQueue();
  const { publishOnApproval } = siteOf(queue.scene, queue.siteKey(item));
  const possible = BUTTONS.filter(([decision]) => queue.outcomeOf(item, decision) !== null)
    // Where approving publishes, one button for both.
    .filter(([decision]) => !(decision === 'publish' && publishOnApproval && item.status !== 'approved'));
  return (
    <>
      {possible.map(([decision, words]) => (
        <button
          key={decision}
          type="button"
          class={decision}
          aria-describedby={`by-${item.id}`}
          onClick={() => void queue.decide([item.id], decision, reason)}
        >
          {decision === 'approve' && publishOnApproval ? 'Approve and publish' : words}
        </button>
      ))}
    </>
  );
}

interface ReasonProps {
  readonly id: string;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}

function Reason({ id, reason, onReason }: ReasonProps) {
  return (
    <div class="field">
      <label for={`reason-${id}`}>A reason for the author, who can read it on their receipt</label>
      <textarea
        id={`reason-${id}`}
        rows={2}
        maxLength={500}
        value={reason}
        onInput={({ currentTarget }) => {
          onReason(currentTarget.value);
        }}
      />
    </div>
  );
}

function DeleteForGood({ onDelete, onKeep }: { readonly onDelete: () => void; readonly onKeep: () => void }) {
  return (
    <div class="alert">
      <p>Delete it for good? Text, name and address are erased; this cannot be undone.</p>
      <div class="buttons">
        <button type="button" class="delete" onClick={onDelete}>
          Delete for good
        </button>
        <button type="button" onClick={onKeep}>
          Cancel
        </button>
      </div>
    </div>
  );
}
