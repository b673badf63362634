import { readAsked } from './asked.js';
import type { Item } from './item.js';
import {
  answered,
  deciding,
  emptyState,
  expired,
  neighbour,
  renewed,
  returned,
  selecting,
  undone,
  withMore,
  withPage,
  type QueueState,
} from './queue-state.js';

const item = (id: string, more: Partial<Item> = {}): Item =>
  ({
    id,
    status: 'pending',
    version: 2,
    submittedAt: `2026-11-29T10:00:0${id.slice(1)}Z`,
    reports: { count: 0, reasons: [] },
    ...more,
  }) as Item;

const listOf = (...ids: string[]): QueueState =>
  withPage(emptyState(readAsked('')), { items: ids.map((id) => item(id)), nextCursor: null });

const idsOf = ({ cards }: QueueState): string[] => cards.map((card) => card.item.id);
const decide = (state: QueueState, ...ids: string[]): QueueState =>
  answered(
    deciding(state, new Set(ids), 'reject', () => 'rejected'),
    'reject',
    ids.map((id) => ({ id, status: 'rejected', version: 3 })),
  );

describe('a decision', () => {
  it('is on screen before the answer, and the keyboard has moved on', () => {
    const state = deciding(listOf('c1', 'c2', 'c3'), new Set(['c1']), 'reject', () => 'rejected');
    expect(state.cards[0]).toMatchObject({
      outcome: { decision: 'reject', status: 'rejected', by: null },
      isSending: true,
    });
    expect(state.current).toBe('c2');
    expect(idsOf(state)).toEqual(['c1', 'c2', 'c3']);
  });

  it('on the last card moves on to the one before it', () => {
    expect(decide({ ...listOf('c1', 'c2'), current: 'c2' }, 'c2').current).toBe('c1');
  });

  it('passes over cards that are decided already', () => {
    const state = decide({ ...listOf('c1', 'c2', 'c3'), current: 'c2' }, 'c2');
    expect(decide({ ...state, current: 'c1' }, 'c1').current).toBe('c3');
  });

  it('leaves the selection and can be undone', () => {
    const state = decide(selecting(listOf('c1', 'c2'), 'c1', true), 'c1');
    expect(state.selected.size).toBe(0);
    expect(state.done).toEqual([{ decision: 'reject', ids: ['c1'] }]);
  });

  it('that was refused leaves the card as it was, with the reason', () => {
    const before = deciding(listOf('c1'), new Set(['c1']), 'reject', () => 'rejected');
    const state = answered(before, 'reject', [{ id: 'c1', code: 'version-conflict', fault: 'Mo was faster.' }]);
    expect(state.cards[0]).toMatchObject({ outcome: null, isSending: false, fault: 'Mo was faster.' });
    expect(state.done).toEqual([]);
  });

  it('for good is not to be undone', () => {
    const before = deciding(listOf('c1'), new Set(['c1']), 'delete', () => 'deleted');
    expect(answered(before, 'delete', [{ id: 'c1', status: 'deleted', version: 3 }]).done).toEqual([]);
  });
});

describe('a decided card', () => {
  it('goes when its time is over, and the keyboard stays where it is', () => {
    const state = expired(decide(listOf('c1', 'c2', 'c3'), 'c1'), new Set(['c1']));
    expect(idsOf(state)).toEqual(['c2', 'c3']);
    expect(state.current).toBe('c2');
  });

  it('stays in a list to which it still belongs', () => {
    const published = { ...listOf('c1'), asked: readAsked('?status=rejected') };
    expect(idsOf(expired(decide(published, 'c1'), new Set(['c1'])))).toEqual(['c1']);
  });

  it('stays while its answer is awaited, and when it was undone', () => {
    const waiting = deciding(listOf('c1'), new Set(['c1']), 'reject', () => 'rejected');
    expect(idsOf(expired(waiting, new Set(['c1'])))).toEqual(['c1']);
    const back = undone(decide(listOf('c1'), 'c1'), [{ id: 'c1', status: 'pending', version: 4 }]);
    expect(idsOf(expired(back, new Set(['c1'])))).toEqual(['c1']);
  });

  it('under the keyboard hands it to the next', () => {
    const state = { ...decide(listOf('c1', 'c2', 'c3'), 'c2'), current: 'c2' };
    expect(expired(state, new Set(['c2'])).current).toBe('c3');
  });
});

describe('an undo', () => {
  it('brings the card back as it was, under the keyboard', () => {
    const state = undone(decide(listOf('c1', 'c2'), 'c1'), [{ id: 'c1', status: 'pending', version: 4 }]);
    expect(state.cards[0]).toMatchObject({ outcome: null, item: { status: 'pending', version: 4 } });
    expect(state.current).toBe('c1');
  });

  it('brings one back that had gone, where it belongs', () => {
    const state = listOf('c1', 'c3');
    expect(idsOf(returned(state, item('c2')))).toEqual(['c1', 'c2', 'c3']);
    expect(idsOf(returned({ ...listOf('c3', 'c1'), asked: readAsked('?sort=newest') }, item('c2')))).toEqual([
      'c3',
      'c2',
      'c1',
    ]);
    expect(idsOf(returned(state, item('c2', { status: 'spam' })))).toEqual(['c1', 'c3']);
    expect(idsOf(returned(state, item('c3')))).toEqual(['c1', 'c3']);
  });
});

describe('a colleague', () => {
  it('who decides greys the card with their name', () => {
    const state = renewed(listOf('c1', 'c2'), item('c1', { status: 'spam', version: 3 }), 'Mo');
    expect(state.cards[0]?.outcome).toEqual({ decision: null, status: 'spam', by: 'Mo' });
  });

  it('who takes it back leaves it to be decided', () => {
    const grey = renewed(listOf('c1'), item('c1', { status: 'spam', version: 3 }), 'Mo');
    expect(renewed(grey, item('c1', { version: 4 }), 'Mo').cards[0]?.outcome).toBeNull();
  });
});

describe('the list', () => {
  it('takes the next page without doubles', () => {
    const state = withMore(
      { ...listOf('c1', 'c2'), nextCursor: 'x' },
      { items: [item('c2'), item('c3')], nextCursor: null },
    );
    expect(idsOf(state)).toEqual(['c1', 'c2', 'c3']);
    expect(state.nextCursor).toBeNull();
  });

  it('has neighbours, and none beyond its ends', () => {
    const state = listOf('c1', 'c2');
    expect(neighbour(state, 1)).toBe('c2');
    expect(neighbour(state, -1)).toBeNull();
    expect(neighbour({ ...state, current: 'c2' }, 1)).toBeNull();
    expect(neighbour({ ...state, current: null }, 1)).toBe('c1');
  });
});
