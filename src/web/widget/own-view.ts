// How a comment of the reader's own is shown while only they see it, and how they change or delete it.
import { makeArticle } from './comment-article.js';
import type { CommentList } from './comment-list.js';
import { make, makeButton } from './dom.js';
import { makeEditor, makeOwnActions } from './own-actions.js';
import type { OwnComment, OwnComments } from './own-comments.js';
import { previewOf } from './preview.js';
import { describeRefusal } from './refusal-words.js';
import { Refusal, type ArticleService } from './service.js';
import { fill, type Speech } from './speech.js';

export interface OwnViewPlace {
  readonly service: ArticleService;
  readonly speech: Speech;
  readonly list: CommentList;
  readonly own: OwnComments;
  readonly say: (sentence: string) => void;
  /** It was changed or deleted: what is published of it, if anything, is out of date. */
  changed(id: string): void;
  /** It is to be shown again. */
  readonly draw: (id: string) => void;
  /** The reader has put it away. */
  hidden(): void;
}

export class OwnView {
  readonly #editing = new Set<string>();

  constructor(private readonly place: OwnViewPlace) {}

  /** What stands in the editor is not drawn over. */
  isEditing(id: string): boolean {
    return this.#editing.has(id);
  }

  show(own: OwnComment): void {
    const { texts } = this.place.speech;
    const { status = 'received', reason } = this.place.own.stateOf(own.id) ?? {};
    const because = reason === undefined ? '' : ` ${fill(texts.reason, { reason })}`;
    const actions = this.actionsFor(own.id);
    if (status === 'declined') {
      const hide = (): void => {
        this.#hide(own.id);
      };
      actions.push(makeButton(texts.hide, hide));
    }
    const body = make('div', { class: 'body', dir: 'auto' }, ...previewOf(own.body));
    this.#put(own, body, actions, texts.states[status] + because);
  }

  /** Buttons to change it, while that may be, and to delete it, which its author may at any time. */
  actionsFor(id: string): HTMLElement[] {
    const { own, speech } = this.place;
    const found = own.find(id);
    if (!found) return [];
    const edit = (): void => {
      this.#edit(found);
    };
    return makeOwnActions(speech, own.stateOf(id)?.editableUntil ? edit : null, () => void this.#remove(found));
  }

  #put(own: OwnComment, body: HTMLElement, actions: readonly HTMLElement[], note?: string): void {
    const { list, speech } = this.place;
    const shown = { id: own.id, name: speech.texts.you, publishedAt: null, isReply: own.parentId !== null };
    const article = makeArticle({ ...shown, body, actions, note }, speech);
    list.put(own.id, own.parentId, article);
  }

  #edit(own: OwnComment): void {
    const finish = (): void => {
      this.#editing.delete(own.id);
      this.place.draw(own.id);
    };
    const save = (body: string): Promise<string | null> => this.#save(own, body, finish);
    const editor = makeEditor(own.body, this.place.speech, save, finish);
    this.#put(own, editor, []);
    this.#editing.add(own.id);
    editor.querySelector('textarea')?.focus();
  }

  async #save(own: OwnComment, body: string, finish: () => void): Promise<string | null> {
    try {
      const receipt = await this.place.service.edit(own.receipt, body);
      // Out already or not: what is shown to others is fetched when the receipt says so the next time.
      const status = receipt.status === 'published' ? 'received' : receipt.status;
      this.place.own.put({ ...own, body }, { ...receipt, status });
      this.place.changed(own.id);
      finish();
      return null;
    } catch (error) {
      return this.#describe(error);
    }
  }

  async #remove(own: OwnComment): Promise<void> {
    const { service, speech } = this.place;
    try {
      await service.remove(own.receipt);
    } catch (error) {
      this.place.say(this.#describe(error));
      return;
    }
    this.place.own.drop(own.id);
    this.place.changed(own.id);
    this.#put(own, make('div', { class: 'body' }, speech.texts.removed), []);
    this.place.say(speech.texts.removed);
  }

  #hide(id: string): void {
    this.place.own.drop(id);
    this.place.draw(id);
    this.place.hidden();
  }

  #describe(error: unknown): string {
    const { speech } = this.place;
    const isLate = error instanceof Refusal && [403, 404, 409].includes(error.status);
    return isLate ? speech.texts.refused.late : describeRefusal(error, speech);
  }
}
