import { useEffect, useRef, useState } from 'preact/hooks';
import type { Detail, Note } from './item.js';
import { Marked } from './marked.js';
import { fullMoment } from './moments.js';
import { ask } from './service.js';
import { useQueue } from './use-queue.js';
import { useSending } from './use-sending.js';

interface NotesProps {
  readonly root: string;
  readonly detail: Detail;
  readonly mayWrite: boolean;
  /** The key for a note was pressed. */
  readonly isWanted: boolean;
  readonly onChange: () => void;
}

/** For colleagues only: on this comment, and on its author wherever they write here. */
export function Notes({ root, detail, mayWrite, isWanted, onChange }: NotesProps) {
  const { notes, authorNotes } = detail;
  return (
    <section aria-label="Notes">
      <h3>Notes for colleagues</h3>
      <NoteList path={`${root}/notes`} notes={notes} onChange={onChange} />
      {authorNotes.length > 0 && <h4>On the author</h4>}
      <NoteList path={`${root}/author/notes`} notes={authorNotes} onChange={onChange} />
      {mayWrite && <NewNote root={root} isWanted={isWanted} onChange={onChange} />}
    </section>
  );
}

function NoteList({
  path,
  notes,
  onChange,
}: {
  readonly path: string;
  readonly notes: readonly Note[];
  readonly onChange: () => void;
}) {
  const [queue] = useQueue();
  const { send } = useSending();
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map(({ id, text, at, by }) => (
        <li key={id}>
          <Marked text={text} />{' '}
          <span class="quiet">
            <bdi>{by.name}</bdi>, {fullMoment(at)}
          </span>{' '}
          {(by.id === queue.scene.personId || queue.scene.isOwner) && (
            <button
              type="button"
              class="plain"
              onClick={() =>
                void send(() => ask('DELETE', `${path}/${id}`)).then((isDone) => {
                  if (isDone) onChange();
                })
              }
            >
              Remove
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function NewNote({ root, isWanted, onChange }: Pick<NotesProps, 'root' | 'isWanted' | 'onChange'>) {
  const [text, setText] = useState('');
  const [isOnAuthor, setOnAuthor] = useState(false);
  const { isSending, fault, send } = useSending();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isWanted) field.current?.focus();
  }, [isWanted]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const path = isOnAuthor ? `${root}/author/notes` : `${root}/notes`;
    if (!(await send(() => ask('POST', path, { text })))) return;
    setText('');
    onChange();
  };
  return (
    <form class="field" onSubmit={(event) => void submit(event)}>
      <label for="note">New note</label>
      <textarea
        id="note"
        ref={field}
        rows={2}
        maxLength={2_000}
        dir="auto"
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
        }}
      />
      <label class="tick">
        <input
          type="checkbox"
          checked={isOnAuthor}
          onChange={({ currentTarget }) => {
            setOnAuthor(currentTarget.checked);
          }}
        />
        On the author, for all their comments here
      </label>
      {fault !== null && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <button disabled={isSending || text.trim() === ''}>Keep the note</button>
    </form>
  );
}
