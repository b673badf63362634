// The queue on screen: carries out what a moderator does and hears of what others do. What is shown is `state`; who shows
// it subscribes.
import { ruleOn, type CommentStatus, type Decision } from '../../comments/comment-status.js';
import { addressOf, isNarrowed, type Asked } from './asked.js';
import { decideMany, decideOne, detailOf, faultInWords, type Order } from './carry-out.js';
import type { Detail, Item, Page, Summary } from './item.js';
import {
  answered,
  deciding,
  emptyState,
  expired,
  isInList,
  neighbour,
  renewed,
  returned,
  selecting,
  undone,
  withMore,
  withPage,
  type Opened,
  type QueueState,
  type Result,
} from './queue-state.js';
import { siteOf, type Scene } from './scene.js';
import { actPath, ask, listPath, rootOf } from './service.js';
import { doneInWords } from './words.js';

/** How long a decided card stays with its Undo. */
const STAYS_MS = 8_000;

export class Queue {
  state: QueueState;
  readonly #listeners = new Set<() => void>();
  /** Decided here, and not yet told in the news. */
  readonly #ours = new Set<string>();
  #offer: { readonly undo: () => void; readonly after: number } | null = null;
  /** To every decision so far. */
  #answers: Promise<unknown> = Promise.resolve();
  #loading = 0;
  #loadedAt = 0;

  constructor(
    readonly scene: Scene,
    asked: Asked,
  ) {
    this.state = emptyState(asked);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Another list, in the address too. */
  show(asked: Asked, keep: 'push' | 'replace' | 'none' = 'push'): Promise<void> {
    const address = `${location.pathname}${addressOf(asked)}`;
    if (keep === 'push') history.pushState(null, '', address);
    if (keep === 'replace') history.replaceState(null, '', address);
    this.#set({ ...emptyState(asked), summary: this.state.summary, done: this.state.done });
    return this.load();
  }

  async load(): Promise<void> {
    const turn = ++this.#loading;
    this.#loadedAt = Date.now();
    this.#set({ ...this.state, phase: 'loading' });
    void this.refreshSummary();
    try {
      const page = await ask<Page<Item>>('GET', listPath(this.scene.site, this.state.asked, null));
      if (turn === this.#loading) this.#set(withPage(this.state, page));
    } catch (error) {
      if (turn === this.#loading) this.#set({ ...this.state, phase: 'failed', fault: faultInWords(error) });
    }
  }

  async more(): Promise<void> {
    const { phase, nextCursor, asked } = this.state;
    if (phase !== 'ready' || nextCursor === null) return;
    const turn = this.#loading;
    this.#set({ ...this.state, phase: 'more' });
    try {
      const page = await ask<Page<Item>>('GET', listPath(this.scene.site, asked, nextCursor));
      if (turn === this.#loading) this.#set(withMore(this.state, page));
    } catch (error) {
      if (turn === this.#loading) this.#set({ ...this.state, phase: 'ready', fault: faultInWords(error) });
    }
  }

  async refreshSummary(): Promise<void> {
    const summary = await ask<Summary>('GET', `${rootOf(this.scene.site)}/summary`).catch(() => null);
    if (summary) this.#set({ ...this.state, summary });
  }

  select(id: string, isOn: boolean): void {
    this.#set(selecting(this.state, id, isOn));
  }

  selectAll(isOn: boolean): void {
    const open = this.state.cards.filter(({ outcome }) => outcome === null);
    this.#set({ ...this.state, selected: new Set(isOn ? open.map(({ item }) => item.id) : []) });
  }

  look(id: string | null): void {
    if (id !== this.state.current) this.#set({ ...this.state, current: id });
  }

  step(step: 1 | -1): void {
    const id = neighbour(this.state, step);
    if (id !== null) this.look(id);
    if (step === 1 && id === null) void this.more();
  }

  open(id: string | null, part: Opened['part'] = 'all'): void {
    this.#set({ ...this.state, opened: id === null ? null : { id, part } });
  }

  /** In force already, so nothing moves; it says that somebody has looked at what readers reported. */
  async keep(id: string): Promise<void> {
    const card = this.state.cards.find(({ item }) => item.id === id);
    if (!card) return;
    const { item } = card;
    try {
      const kept = await ask<Item>('POST', actPath(this.siteKey(item), item.article.key, id, 'approve'), {});
      this.#set(renewed(this.state, kept, null));
      this.#say('Kept. Its reports are settled.');
      if (!isInList(this.state.asked, kept)) {
        this.#set(deciding(this.state, new Set([id]), 'approve', () => kept.status));
        this.#settle('approve', [{ id, status: kept.status, version: kept.version }], false);
      }
    } catch (error) {
      this.#say(faultInWords(error));
    }
    void this.refreshSummary();
  }

  /** What the decision would make of it; null when it changes nothing or cannot be. */
  outcomeOf(item: Item, decision: Exclude<Decision, 'undo'>): CommentStatus | null {
    const ruling = ruleOn(decision, item.status, siteOf(this.scene, this.siteKey(item)).publishOnApproval);
    return ruling.kind === 'move' ? ruling.to : null;
  }

  siteKey(item: Item): string {
    return item.site?.key ?? this.scene.site ?? '';
  }

  /** On screen at once; the answer follows. One comment says which version was seen, so that a stale decision is noticed. */
  async decide(ids: readonly string[], decision: Exclude<Decision, 'undo'>, reason?: string): Promise<void> {
    const wanted = new Set(ids);
    const items = this.state.cards
      .filter(({ item, outcome }) => wanted.has(item.id) && outcome === null)
      .map(({ item }) => item);
    const movable = items.filter((item) => this.outcomeOf(item, decision) !== null);
    const chosen = new Set(movable.map(({ id }) => id));
    if (chosen.size === 0) {
      this.#say('That changes nothing here.');
      return;
    }
    this.#set(deciding(this.state, chosen, decision, (item) => this.outcomeOf(item, decision) ?? item.status));
    for (const id of chosen) this.#ours.add(id);
    const answer = this.#carryOut(movable, { decision, reason });
    const settled = answer.then((results) => {
      this.#settle(decision, results);
    });
    const before = this.#answers;
    this.#answers = settled.then(() => before);
    await settled;
  }

  /**
   * A large act can be taken back, as long as nothing else was done after it.
   * @returns takes the offer back
   */
  offerUndo(undo: () => void): () => void {
    const offer = { undo, after: this.state.done.length };
    this.#offer = offer;
    return () => {
      if (this.#offer === offer) this.#offer = null;
    };
  }

  /** The last decision, also one whose answer is still awaited. */
  async undo(): Promise<void> {
    await this.#answers;
    if (this.#offer && this.state.done.length <= this.#offer.after) {
      this.#offer.undo();
      return;
    }
    const act = this.state.done.at(-1);
    if (!act) {
      this.#say('There is nothing to undo.');
      return;
    }
    await this.undoAct(act.ids);
  }

  async undoAct(ids: readonly string[]): Promise<void> {
    const gone = new Set(ids);
    this.#set({
      ...this.state,
      done: this.state.done
        .map((act) => ({ ...act, ids: act.ids.filter((id) => !gone.has(id)) }))
        .filter((act) => act.ids.length > 0),
    });
    for (const id of ids) this.#ours.add(id);
    const results = await decideMany(this.scene.site, ids, { decision: 'undo' });
    for (const id of ids) this.#ours.delete(id);
    this.#set(undone(this.state, results));
    const back = results.filter((result) => !('code' in result));
    this.#say(back.length === 0 ? 'That could not be undone: somebody has decided since.' : `Undone: ${back.length}.`);
    const onScreen = new Set(this.state.cards.map(({ item }) => item.id));
    await Promise.all(
      back
        .filter(({ id }) => !onScreen.has(id))
        .slice(0, 50)
        .map(({ id }) => this.#bringBack(id)),
    );
    void this.refreshSummary();
  }

  /** A text that the moderator has changed. @throws Refusal */
  async edit(item: Item, body: string): Promise<void> {
    const path = `${rootOf(this.siteKey(item))}/comments/${item.id}`;
    const edited = await ask<Item>('PATCH', path, { version: item.version, body });
    this.#set(renewed(this.state, edited, null));
    this.#say('The text is changed.');
  }

  detail(item: Item): Promise<Detail> {
    return detailOf(this.siteKey(item), item.id);
  }

  /** Something about a card has changed without a decision. */
  patch(id: string, change: Partial<Item>): void {
    const cards = this.state.cards.map((card) =>
      card.item.id === id ? { ...card, item: { ...card.item, ...change } } : card,
    );
    this.#set({ ...this.state, cards });
  }

  /** News of the queue: `entered`, `left` or `changed`, by whomever. */
  async heard(
    kind: string,
    news: { readonly id: string; readonly version: number; readonly status: string },
  ): Promise<void> {
    const card = this.state.cards.find(({ item }) => item.id === news.id);
    if (!card) {
      const { asked, fresh } = this.state;
      const isFor = kind === 'entered' && asked.status === 'pending' && !asked.isReported && !isNarrowed(asked);
      if (isFor && !this.#ours.has(news.id)) this.#set({ ...this.state, fresh: new Set([...fresh, news.id]) });
      if (kind === 'left' && fresh.has(news.id))
        this.#set({ ...this.state, fresh: new Set([...fresh].filter((id) => id !== news.id)) });
      return;
    }
    if (this.#ours.has(news.id) || card.isSending || news.version <= card.item.version) return;
    const now = await this.detail(card.item).catch(() => null);
    if (now && now.version > card.item.version) {
      this.#set(renewed(this.state, now, now.events.at(-1)?.by ?? 'somebody else'));
      if (!isInList(this.state.asked, now)) this.#expireLater([now.id]);
    }
  }

  /** A colleague looks at a comment, or no longer does. */
  claimed({
    id,
    by,
    until,
  }: {
    readonly id: string;
    readonly by: { readonly id: string; readonly name: string };
    readonly until: string | null;
  }): void {
    const isYours = by.id === this.scene.personId;
    this.patch(id, { claim: until === null ? null : { by, isYours, until } });
  }

  /** The stream was cut: what came meanwhile is looked up, as far as one page tells. */
  async missed(): Promise<void> {
    void this.refreshSummary();
    const { asked } = this.state;
    const isPlain = asked.status === 'pending' && !asked.isReported && !isNarrowed(asked);
    const newest: Asked = { ...asked, sort: 'newest' };
    const page = isPlain
      ? await ask<Page<Item>>('GET', listPath(this.scene.site, newest, null)).catch(() => null)
      : null;
    const known = new Set(this.state.cards.map(({ item }) => item.id));
    const came =
      page?.items.filter(({ id, submittedAt }) => !known.has(id) && Date.parse(submittedAt) > this.#loadedAt) ?? [];
    const isAll = page !== null && (came.length < page.items.length || page.nextCursor === null);
    this.#set({ ...this.state, isOld: !isAll, fresh: new Set([...this.state.fresh, ...came.map(({ id }) => id)]) });
  }

  say(words: string): void {
    this.#say(words);
  }

  async #bringBack(id: string): Promise<void> {
    const item = await ask<Item>('GET', `${rootOf(this.scene.site)}/comments/${id}`).catch(() => null);
    if (item) this.#set(returned(this.state, item));
  }

  async #carryOut(items: readonly Item[], order: Order): Promise<Result[]> {
    const [first, second] = items;
    if (!first || second) {
      const ids = items.map(({ id }) => id);
      return decideMany(this.scene.site, ids, order);
    }
    const { result, now } = await decideOne(this.siteKey(first), first, order);
    // What it is now, so that the next decision is about that.
    if (now) this.#set(renewed(this.state, now, null));
    return [result];
  }

  #settle(decision: Decision, results: readonly Result[], canUndo = true): void {
    for (const { id } of results) this.#ours.delete(id);
    const { done: before } = this.state;
    this.#set(answered(this.state, decision, results));
    if (!canUndo) this.#set({ ...this.state, done: before });
    const done = results.filter((result) => !('code' in result));
    const refused = results.length - done.length;
    const first = done[0];
    const words = first && 'status' in first ? doneInWords(decision, first.status) : '';
    this.#say(
      [done.length > 1 ? `${done.length} comments: ${words}` : words, refused > 0 ? `${refused} refused` : '']
        .filter((one) => one !== '')
        .join('. '),
    );
    this.#expireLater(done.map(({ id }) => id));
    void this.refreshSummary();
  }

  #expireLater(ids: readonly string[]): void {
    const versions = new Map(this.state.cards.map(({ item }) => [item.id, item.version]));
    setTimeout(() => {
      // Undone and decided again meanwhile: that decision has a time of its own.
      const same = this.state.cards
        .filter(({ item }) => item.version === versions.get(item.id))
        .map(({ item }) => item.id);
      const over = new Set(ids.filter((id) => same.includes(id)));
      if (over.size > 0) this.#set(expired(this.state, over));
      const { cards, phase, nextCursor } = this.state;
      if (cards.length < 20 && phase === 'ready' && nextCursor !== null) void this.more();
    }, STAYS_MS);
  }

  #say(said: string): void {
    this.#set({ ...this.state, said });
  }

  #set(state: QueueState): void {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }
}
