// What came while the reader was here: counted on a button, and shown when they press it. A list that moves by itself loses
// the reader's place.
import { makeButton } from './dom.js';
import type { PublishedComment, Thread } from './service.js';
import type { Speech } from './speech.js';

export class FreshComments {
  readonly button: HTMLButtonElement;
  #waiting = new Map<string, PublishedComment>();

  /** @param show takes them, oldest first */
  constructor(
    private readonly speech: Speech,
    show: (comments: PublishedComment[]) => void,
  ) {
    const press = (): void => {
      show([...this.#waiting.values()].reverse());
    };
    this.button = makeButton('', press, { class: 'button fresh', hidden: true });
  }

  /**
   * @param comments newest first
   * @param isGone of what waits already
   */
  add(comments: readonly PublishedComment[], isGone: (comment: PublishedComment) => boolean): void {
    const waiting = [...this.#waiting.values()].filter((one) => !isGone(one));
    this.#waiting = new Map([...comments, ...waiting].map((comment) => [comment.id, comment]));
    this.#write();
  }

  /** It is shown. */
  drop(id: string): void {
    this.#waiting.delete(id);
    this.#write();
  }

  #write(): void {
    const { size } = this.#waiting;
    this.button.hidden = size === 0;
    this.button.textContent = this.speech.plural(this.speech.texts.fresh, size);
  }
}

/** Whether a comment is not published any more, by the newest page of the thread. Of what is older than that it says nothing. */
export function missingFrom({ comments, nextCursor }: Thread): (comment: PublishedComment) => boolean {
  const ids = comments.map(({ id }) => id);
  const since = (nextCursor && comments.at(-1)?.publishedAt) ?? '';
  return ({ id, publishedAt }) => publishedAt > since && !ids.includes(id);
}
