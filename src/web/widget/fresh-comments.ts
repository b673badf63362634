// What came while the reader was here: counted on a button, and shown when they press it. A list that moves by itself loses
// the reader's place.
import { makeButton } from './dom.js';
import type { PublishedComment } from './service.js';
import type { Speech } from './speech.js';

export class FreshComments {
  readonly button: HTMLButtonElement;
  readonly #waiting = new Map<string, PublishedComment>();

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

  /** @param comments newest first */
  add(comments: readonly PublishedComment[]): void {
    for (const comment of comments) this.#waiting.set(comment.id, comment);
    this.#write();
  }

  /** It is shown. */
  drop(id: string): void {
    if (this.#waiting.delete(id)) this.#write();
  }

  #write(): void {
    const { size } = this.#waiting;
    this.button.hidden = size === 0;
    this.button.textContent = this.speech.plural(this.speech.texts.fresh, size);
  }
}
