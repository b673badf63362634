/** What a room adds to the log line of a request. Ids and words of ours, never what somebody wrote. */
export interface RequestNotes {
  /** The comment it made. */
  readonly commentId?: string;
  /** The code of the refusal. */
  readonly problem?: string;
}

const notes = new WeakMap<object, RequestNotes>();

export function noteRequest(request: object, more: RequestNotes): void {
  notes.set(request, { ...notes.get(request), ...more });
}

export function notesOf(request: object): RequestNotes {
  return notes.get(request) ?? {};
}
