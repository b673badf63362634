// What a reader typed before: the draft of a comment until it is sent, and, if they asked for it, who they are.
import { hasStrings, keep, recall } from './storage.js';

export interface Draft {
  readonly body: string;
  readonly parentId?: string | undefined;
}

export interface Author {
  readonly name: string;
  readonly email: string;
  readonly url: string;
}

const AUTHOR_KEY = 'winnow:author';

export function keepDraft(key: string, draft: Draft): void {
  keep('session', key, draft.body === '' ? null : draft);
}

export function recallDraft(key: string): Draft | null {
  return recall('session', key, (value): value is Draft => hasStrings(value, 'body'));
}

/** Null forgets. */
export function keepAuthor(author: Author | null): void {
  keep('local', AUTHOR_KEY, author);
}

export function recallAuthor(): Author | null {
  return recall('local', AUTHOR_KEY, (value): value is Author => hasStrings(value, 'name', 'email', 'url'));
}
