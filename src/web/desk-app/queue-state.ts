// What is on screen, and how each thing that happens changes it. Nothing here asks anybody or knows the time.
import type { CommentStatus, Decision } from '../../comments/comment-status.js';
import type { Asked } from './asked.js';
import type { Item, Page, Summary } from './item.js';

/** What became of a card since it came on screen. */
export interface Outcome {
  readonly decision: Decision | null;
  readonly status: CommentStatus;
  /** Who decided; null for the one who looks. */
  readonly by: string | null;
}

export interface Card {
  readonly item: Item;
  readonly outcome: Outcome | null;
  /** The answer to the decision is awaited. */
  readonly isSending: boolean;
  /** What the service said against the last decision about it. */
  readonly fault: string | null;
}

/** What one decision moved, to be undone together. */
export interface DoneAct {
  readonly decision: Decision;
  readonly ids: readonly string[];
}

/** The one card that shows more, and where one wants to be in it. */
export interface Opened {
  readonly id: string;
  readonly part: 'all' | 'edit' | 'note' | 'thread';
}

export interface QueueState {
  readonly asked: Asked;
  readonly phase: 'loading' | 'ready' | 'more' | 'failed';
  readonly fault: string | null;
  readonly cards: readonly Card[];
  readonly nextCursor: string | null;
  readonly summary: Summary | null;
  /** Comments that came since the list did; they wait above it. */
  readonly fresh: ReadonlySet<string>;
  /** News may have been missed. */
  readonly isOld: boolean;
  readonly current: string | null;
  readonly selected: ReadonlySet<string>;
  readonly opened: Opened | null;
  /** The last one is undone first. */
  readonly done: readonly DoneAct[];
  /** For screen readers. */
  readonly said: string;
}

export function emptyState(asked: Asked): QueueState {
  return {
    asked,
    phase: 'loading',
    fault: null,
    cards: [],
    nextCursor: null,
    summary: null,
    fresh: new Set(),
    isOld: false,
    current: null,
    selected: new Set(),
    opened: null,
    done: [],
    said: '',
  };
}

const cardOf = (item: Item): Card => ({ item, outcome: null, isSending: false, fault: null });

/** The first page of a list, which takes the place of what was there. */
export function withPage(state: QueueState, { items, nextCursor }: Page<Item>): QueueState {
  return {
    ...state,
    phase: 'ready',
    fault: null,
    cards: items.map(cardOf),
    nextCursor,
    fresh: new Set(),
    isOld: false,
    current: items[0]?.id ?? null,
    selected: new Set(),
    opened: null,
  };
}

export function withMore(state: QueueState, { items, nextCursor }: Page<Item>): QueueState {
  const known = new Set(state.cards.map(({ item }) => item.id));
  const cards = [...state.cards, ...items.filter(({ id }) => !known.has(id)).map(cardOf)];
  return { ...state, phase: 'ready', cards, nextCursor, current: state.current ?? cards[0]?.item.id ?? null };
}

/** Decided on screen, before the service has answered: a person does not wait for a network. */
export function deciding(
  state: QueueState,
  ids: ReadonlySet<string>,
  decision: Decision,
  expected: (item: Item) => CommentStatus,
): QueueState {
  const cards = state.cards.map((card): Card => {
    if (!ids.has(card.item.id)) return card;
    return { ...card, outcome: { decision, status: expected(card.item), by: null }, isSending: true, fault: null };
  });
  const isGone = state.current !== null && ids.has(state.current);
  return {
    ...state,
    cards,
    current: isGone ? (nextOf(cards, state.current) ?? state.current) : state.current,
    selected: new Set([...state.selected].filter((id) => !ids.has(id))),
    opened: state.opened && ids.has(state.opened.id) ? null : state.opened,
  };
}

export type Result =
  | { readonly id: string; readonly status: CommentStatus; readonly version: number }
  | { readonly id: string; readonly code: string; readonly fault: string };

/** What the service answered to a decision. What it refused stands as it was, with the reason. */
export function answered(state: QueueState, decision: Decision, results: readonly Result[]): QueueState {
  const byId = new Map(results.map((result) => [result.id, result]));
  const cards = state.cards.map((card): Card => {
    const result = byId.get(card.item.id);
    if (!result) return card;
    if ('code' in result) return { ...card, outcome: null, isSending: false, fault: result.fault };
    const { status, version } = result;
    return {
      item: { ...card.item, status, version },
      outcome: { decision, status, by: null },
      isSending: false,
      fault: null,
    };
  });
  const ids = results.filter((result) => !('code' in result)).map(({ id }) => id);
  const canUndo = decision !== 'delete' && decision !== 'undo' && ids.length > 0;
  return { ...state, cards, done: canUndo ? [...state.done, { decision, ids }] : state.done };
}

/** After an undo: on screen as before the decision. */
export function undone(state: QueueState, results: readonly Result[]): QueueState {
  const byId = new Map(results.map((result) => [result.id, result]));
  const cards = state.cards.map((card): Card => {
    const result = byId.get(card.item.id);
    if (!result) return card;
    if ('code' in result) return { ...card, isSending: false, fault: result.fault };
    const item = { ...card.item, status: result.status, version: result.version };
    return { item, outcome: null, isSending: false, fault: null };
  });
  const first = cards.find(({ item, fault }) => byId.has(item.id) && fault === null);
  return { ...state, cards, current: first?.item.id ?? state.current };
}

/** A comment as the service has it now: edited, or decided by a colleague. */
export function renewed(state: QueueState, item: Item, by: string | null): QueueState {
  const cards = state.cards.map((card): Card => {
    if (card.item.id !== item.id) return card;
    const isElsewhere = by !== null && !isInList(state.asked, item);
    const outcome = isElsewhere
      ? { decision: null, status: item.status, by }
      : isInList(state.asked, item)
        ? null
        : card.outcome;
    return { item: { ...card.item, ...item }, outcome, isSending: false, fault: null };
  });
  return { ...state, cards };
}

/** Back on screen after an undo that came later than the card had gone. */
export function returned(state: QueueState, item: Item): QueueState {
  if (state.cards.some((card) => card.item.id === item.id) || !isInList(state.asked, item)) return state;
  const isBefore = ({ item: other }: Card): boolean =>
    state.asked.sort === 'newest' ? other.submittedAt >= item.submittedAt : other.submittedAt <= item.submittedAt;
  const place = state.asked.sort === 'doubtful' ? 0 : state.cards.filter(isBefore).length;
  return { ...state, cards: state.cards.toSpliced(place, 0, cardOf(item)), current: item.id };
}

/** Cards that have said long enough what became of them. One that stays in this list only forgets it. */
export function expired(state: QueueState, ids: ReadonlySet<string>): QueueState {
  const isOver = ({ item, isSending }: Card): boolean => ids.has(item.id) && !isSending;
  const cards = state.cards.flatMap((card): Card[] => {
    if (!isOver(card) || card.outcome === null) return [card];
    return isInList(state.asked, card.item) ? [{ ...card, outcome: null }] : [];
  });
  const isThere = cards.some(({ item }) => item.id === state.current);
  const current = isThere
    ? state.current
    : (nextOf(state.cards, state.current, cards) ?? cards.at(-1)?.item.id ?? null);
  return { ...state, cards, current };
}

export function selecting(state: QueueState, id: string, isOn: boolean): QueueState {
  const selected = new Set(state.selected);
  if (isOn) selected.add(id);
  else selected.delete(id);
  return { ...state, selected };
}

/** One on or back from the current card, over those that are decided; null at the end. */
export function neighbour({ cards, current }: QueueState, step: 1 | -1): string | null {
  const at = cards.findIndex(({ item }) => item.id === current);
  return cards[at < 0 ? 0 : at + step]?.item.id ?? null;
}

/** Whether a list for these questions would hold it. Words are the service's to look for. */
export function isInList(asked: Asked, { status, reports }: Pick<Item, 'status' | 'reports'>): boolean {
  return asked.status === status && (!asked.isReported || reports.count > 0);
}

/** The next card that waits for somebody after this one, else the last before it. */
function nextOf(cards: readonly Card[], id: string | null, among: readonly Card[] = cards): string | null {
  const at = cards.findIndex(({ item }) => item.id === id);
  const waits = (card: Card): boolean => card.outcome === null && among.some(({ item }) => item.id === card.item.id);
  const next = cards.slice(at + 1).find(waits) ?? cards.slice(0, Math.max(0, at)).findLast(waits);
  return next?.item.id ?? null;
}
