// The comments of one article on one page: what is published, what the reader has sent, and the form. It knows where each
// comment stands and what is shown of it; the parts it is made of know how.
import { CommentForm, type Answered } from './comment-form.js';
import { CommentList } from './comment-list.js';
import { make, makeButton } from './dom.js';
import { FreshComments, missingFrom } from './fresh-comments.js';
import { OwnComments, type OwnComment } from './own-comments.js';
import { OwnView } from './own-view.js';
import { makePublishedArticle } from './published-article.js';
import { describeRefusal } from './refusal-words.js';

import type { ArticleService, PublishedComment, Receipt, Thread } from './service.js';
import type { Speech } from './speech.js';

export interface DiscussionPlace {
  readonly service: ArticleService;
  readonly speech: Speech;
  /** Of the article; what the browser keeps is kept under it. */
  readonly key: string;
  readonly sort: 'oldest' | 'newest';
  readonly privacy: string | null;
  readonly page: Readonly<Record<string, string>>;
  /** Tells the page what happened. */
  tell(event: string, detail: unknown): void;
}

/** Pages looked through for a comment that a link names. */
const MOST_PAGES = 40;

export class Discussion {
  readonly element: HTMLElement;
  readonly #list = new CommentList();
  readonly #published = new Map<string, PublishedComment>();
  readonly #own: OwnComments;
  /** Ids of the reader's own: nobody reports those. */
  readonly #ownIds = new Set<string>();
  readonly #view: OwnView;
  readonly #form: CommentForm;
  readonly #title = make('h2', { id: 'title', class: 'title' });
  readonly #first: HTMLElement;
  readonly #more: HTMLButtonElement;
  readonly #fresh: FreshComments;
  readonly #status = make('p', { class: 'status', role: 'status' });
  readonly #closed: HTMLElement;
  #cursor: string | null = null;
  #isOpen = true;

  readonly #draw = (id: string, isFirst = false): void => {
    if (this.#view.isEditing(id)) return;
    const comment = this.#published.get(id);
    const own = this.#own.find(id);
    if (comment) this.#list.put(id, comment.parentId, this.#drawPublished(comment), isFirst);
    else if (own?.body) this.#view.show(own);
    else this.#list.remove(id);
    this.#first.hidden = !this.#list.isEmpty;
  };

  readonly #say = (sentence: string): void => {
    this.#status.textContent = sentence;
  };

  constructor(private readonly place: DiscussionPlace) {
    const { texts } = place.speech;
    this.#own = new OwnComments(place.service, `winnow:own:${place.key}`, (own, receipt) => {
      this.#hear(own, receipt);
    });
    for (const { id } of this.#own.all) this.#ownIds.add(id);
    this.#form = this.#makeForm();
    this.#view = this.#makeOwnView();
    this.#first = make('p', { class: 'first' }, texts.first);
    this.#closed = make('p', { class: 'closed', hidden: true }, texts.closed);
    this.#more = makeButton(texts.more, () => void this.#loadMore(), { hidden: true });
    this.#fresh = new FreshComments(place.speech, (comments) => {
      this.#showFresh(comments);
    });
    const { language: lang, direction: dir } = place.speech;
    this.element = make(
      'section',
      { lang, dir, class: 'winnow', 'aria-labelledby': 'title' },
      ...[this.#title, this.#first, this.#list.element, this.#more, this.#fresh.button, this.#status],
      ...[this.#closed, this.#form.element],
    );
  }

  #makeForm(): CommentForm {
    const { service, speech, key, privacy, page } = this.place;
    return new CommentForm({
      ...{ service, speech, privacy, page, key: `winnow:draft:${key}` },
      accepted: ({ id, receipt }, typed) => {
        this.#takeOwn({ id, receipt, ...typed });
      },
      cancelled: ({ id }) => {
        this.#answer(null);
        this.#list.focusReply(id);
      },
    });
  }

  #makeOwnView(): OwnView {
    const { service, speech } = this.place;
    return new OwnView({
      ...{ service, speech, list: this.#list, own: this.#own },
      say: this.#say,
      changed: (id) => {
        this.#published.delete(id);
      },
      draw: this.#draw,
      hidden: () => {
        this.#form.focus();
      },
    });
  }

  open(thread: Thread): void {
    this.#take(thread);
    for (const own of this.#own.all) this.#draw(own.id);
    this.#resumeDraft();
    this.place.tell('ready', { count: thread.article.commentCount });
    void this.#own.watch();
  }

  close(): void {
    this.#own.stop();
  }

  /** Brings a comment into view that a link names, if it is there. */
  async reveal(id: string): Promise<void> {
    for (let pages = 0; !this.#list.has(id) && this.#cursor !== null && pages < MOST_PAGES; pages++) {
      if (!(await this.#loadMore())) return;
    }
    this.#list.reveal(id);
  }

  /** Looks for what was published meanwhile, and offers it; what was taken back is taken off. */
  async lookForNews(): Promise<void> {
    const thread = await this.place.service.readThread('newest', null).catch(() => null);
    if (!thread) return;
    this.#setArticle(thread);
    const isGone = missingFrom(thread);
    const news = thread.comments.filter((one) => !this.#published.has(one.id) && !this.#isOnLaterPage(one));
    this.#fresh.add(news, isGone);
    for (const comment of this.#published.values()) if (isGone(comment)) this.#withdraw(comment);
  }

  /**
   * Not while somebody answers it, or below it: what they type would be moved from under their hands. Of the reader's own
   * the receipt says what became of it.
   */
  #withdraw({ id }: PublishedComment): void {
    if (this.#own.find(id)?.body || this.#form.element.closest(`#comment-${id}`)) return;
    this.#published.delete(id);
    this.#draw(id);
  }

  /** Oldest first, what is newer than the last one shown stands behind "more" while there is more. */
  #isOnLaterPage({ id }: PublishedComment): boolean {
    return this.place.sort === 'oldest' && this.#cursor !== null && !this.#ownIds.has(id);
  }

  #take(thread: Thread): void {
    this.#cursor = thread.nextCursor;
    this.#more.hidden = thread.nextCursor === null;
    this.#setArticle(thread);
    for (const comment of thread.comments) this.#publish(comment);
  }

  #setArticle({ article }: Thread): void {
    const { speech } = this.place;
    const { commentCount } = article;
    this.#title.textContent = commentCount === 0 ? speech.texts.title : speech.plural(speech.texts.count, commentCount);
    this.#isOpen = article.open;
    this.#closed.hidden = article.open;
    this.#form.element.hidden = !article.open;
  }

  #publish(comment: PublishedComment, isFirst = false): void {
    this.#published.set(comment.id, comment);
    this.#fresh.drop(comment.id);
    this.#draw(comment.id, isFirst);
  }

  async #loadMore(): Promise<boolean> {
    const { service, sort, speech } = this.place;
    try {
      const before = this.#list.element.lastElementChild;
      this.#take(await service.readThread(sort, this.#cursor));
      this.#say(speech.texts.shown);
      // The button may be gone; who pressed it goes on at the first comment that is new.
      if (this.#more.hidden && before?.nextElementSibling instanceof HTMLElement) before.nextElementSibling.focus();
      return true;
    } catch (error) {
      this.#say(describeRefusal(error, speech));
      return false;
    }
  }

  #showFresh(comments: readonly PublishedComment[]): void {
    for (const comment of comments) this.#publish(comment, this.place.sort === 'newest');
    if (comments[0]) this.#list.reveal(comments[0].id);
  }

  #takeOwn(own: OwnComment): void {
    this.#answer(null);
    this.#ownIds.add(own.id);
    this.#own.put(own, { id: own.id, status: 'received' });
    this.#draw(own.id);
    this.#list.reveal(own.id);
    this.#say(this.place.speech.texts.states.received);
    this.place.tell('submitted', { id: own.id });
  }

  /** Something became of a comment of the reader's own. */
  #hear(own: OwnComment, receipt: Receipt | null): void {
    if (receipt && receipt.status !== 'published') this.#published.delete(own.id);
    if (receipt?.status === 'published' && !this.#published.has(own.id)) void this.#fetchOwn(own);
    else this.#draw(own.id);
    if (!receipt) return;
    const { states } = this.place.speech.texts;
    // What was said when it was sent holds no more.
    if (this.#status.textContent === states.received) this.#say(states[receipt.status]);
    this.place.tell('status', { id: own.id, status: receipt.status });
  }

  async #fetchOwn({ id }: OwnComment): Promise<void> {
    const thread = await this.place.service.readThread('newest', null).catch(() => null);
    const comment = thread?.comments.find((one) => one.id === id);
    if (!thread || !comment) return;
    this.#setArticle(thread);
    this.#publish(comment);
    this.#say(this.place.speech.texts.states.published);
  }

  #drawPublished(comment: PublishedComment): HTMLElement {
    const { id, author } = comment;
    const { service, speech } = this.place;
    const reply = (): void => {
      this.#answer({ id, name: author.name });
      this.#form.focus();
    };
    return makePublishedArticle(comment, {
      ...{ service, speech, isOwn: this.#ownIds.has(id), ownActions: this.#view.actionsFor(id) },
      reply: this.#isOpen ? reply : null,
      say: this.#say,
    });
  }

  /** Moves the form to the comment that is answered, or back to its place. */
  #answer(answered: Answered | null): void {
    this.#form.answer(answered);
    if (answered === null) this.element.append(this.#form.element);
    else this.#list.placeAfter(answered.id, this.#form.element);
  }

  #resumeDraft(): void {
    const parent = this.#published.get(this.#form.draftParent ?? '');
    if (parent) this.#answer({ id: parent.id, name: parent.author.name });
  }
}
