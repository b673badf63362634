// The comments as nested lists. A reply stands under what it answers as soon as that is there, in whatever order they come.
import { make } from './dom.js';

interface Place {
  readonly item: HTMLLIElement;
  readonly parentId: string | null;
}

export class CommentList {
  readonly element = make('ol', { class: 'thread' });
  readonly #places = new Map<string, Place>();

  has(id: string): boolean {
    return this.#places.has(id);
  }

  get isEmpty(): boolean {
    return this.#places.size === 0;
  }

  /** Puts the comment in, or in the place of what it was before; its replies stay. */
  put(id: string, parentId: string | null, article: HTMLElement, isFirst = false): void {
    const known = this.#places.get(id)?.item;
    if (known) {
      const hadFocus = known.firstElementChild?.contains((known.getRootNode() as ShadowRoot).activeElement) ?? false;
      known.firstElementChild?.replaceWith(article);
      if (hadFocus) known.focus();
      return;
    }
    const item = make('li', { id: `comment-${id}`, tabindex: '-1' }, article);
    this.#places.set(id, { item, parentId });
    const list = this.#listUnder(parentId);
    if (isFirst && list === this.element) list.prepend(item);
    else list.append(item);
    for (const other of this.#places.values()) if (other.parentId === id) this.#listUnder(id).append(other.item);
  }

  /** Its replies stay, on their own. */
  remove(id: string): void {
    const item = this.#places.get(id)?.item;
    this.#places.delete(id);
    for (const other of this.#places.values()) if (other.parentId === id) this.element.append(other.item);
    item?.remove();
  }

  /** Scrolls to the comment and marks it, and tells a screen reader where one is. */
  reveal(id: string): void {
    for (const { item } of this.#places.values()) item.classList.remove('target');
    const item = this.#places.get(id)?.item;
    item?.classList.add('target');
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: 'start' });
  }

  /** Where a form that answers it may stand: before the replies. */
  placeAfter(id: string, element: HTMLElement): void {
    this.#places.get(id)?.item.firstElementChild?.after(element);
  }

  focusReply(id: string): void {
    this.#places.get(id)?.item.querySelector<HTMLElement>('.reply')?.focus();
  }

  #listUnder(parentId: string | null): HTMLOListElement {
    const parent = parentId === null ? undefined : this.#places.get(parentId)?.item;
    if (!parent) return this.element;
    const own = [...parent.children].find((child) => child instanceof HTMLOListElement);
    if (own) return own;
    const list = make('ol', { class: 'replies' });
    parent.append(list);
    return list;
  }
}
