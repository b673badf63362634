// One comment as it is shown: who, when, what, and what one can do about it.
import { make, webAddress, type Child } from './dom.js';
import type { Speech } from './speech.js';

export interface Shown {
  readonly id: string;
  readonly name: string;
  readonly url?: string | null;
  /** A person of the site wrote it. */
  readonly verified?: true;
  /** Null for one that only its author sees. */
  readonly publishedAt: string | null;
  /** It answers another. Where it stands on its own all the same, the style shows a word about that. */
  readonly isReply: boolean;
  readonly body: HTMLElement;
  /** What became of the reader's own comment. */
  readonly note?: string | undefined;
  readonly actions: readonly HTMLElement[];
}

export function makeArticle(shown: Shown, speech: Speech): HTMLElement {
  const { id, publishedAt, body, note, actions } = shown;
  return make(
    'article',
    { class: 'comment', 'aria-labelledby': `by-${id}` },
    make(
      'header',
      {},
      author(shown, speech),
      publishedAt !== null && moment(id, publishedAt, speech),
      orphan(shown, speech),
    ),
    note !== undefined && make('p', { class: 'note' }, note),
    body,
    actions.length > 0 && make('p', { class: 'actions' }, ...actions),
  );
}

/** The mark stands inside what names the comment to a screen reader, and in a form no name can have. */
function author({ id, name, url = null, verified }: Shown, { texts }: Speech): HTMLElement {
  const shownName = make('bdi', {}, name);
  const address = webAddress(url);
  const linked =
    address === null ? shownName : make('a', { href: address, rel: 'nofollow ugc noopener noreferrer' }, shownName);
  return make(
    'span',
    { class: 'author', id: `by-${id}` },
    linked,
    ' ',
    verified === true && make('mark', { class: 'badge' }, texts.team),
  );
}

function moment(id: string, publishedAt: string, speech: Speech): HTMLElement {
  const time = make('time', { datetime: publishedAt }, speech.moment(publishedAt));
  return make('a', { class: 'quiet time', href: `#comment-${id}` }, time);
}

function orphan({ isReply }: Shown, { texts }: Speech): Child {
  return isReply && make('span', { class: 'quiet orphan' }, texts.orphan);
}
