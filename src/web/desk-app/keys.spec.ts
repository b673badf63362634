import { ACTS, actOf, AT_FIRST, holderOf, isKey, keepChoice, keysOf, readChoice, remap } from './keys.js';

const press = (key: string, shiftKey = false) => ({ key, shiftKey });

describe('a key', () => {
  it.each([
    ...[['j', 'next'] as const, ['k', 'previous'] as const, ['x', 'select'] as const, ['a', 'approve'] as const],
    ...[['r', 'reject'] as const, ['d', 'reject'] as const, ['s', 'spam'] as const, ['p', 'publish'] as const],
    ...[['u', 'undo'] as const, ['z', 'undo'] as const, ['o', 'open'] as const, ['e', 'edit'] as const],
    ...[['n', 'note'] as const, ['/', 'search'] as const, ['1', 'tab1'] as const, ['5', 'tab5'] as const],
  ])('%s means %s', (key, act) => {
    expect(actOf(AT_FIRST, press(key))).toEqual({ act, onSelection: false });
  });

  it('belongs to one act only', () => {
    const all = ACTS.flatMap(([, , keys]) => [...keys] as string[]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('acts on the selection with Shift, where that makes sense', () => {
    expect(actOf(AT_FIRST, press('A', true))).toEqual({ act: 'approve', onSelection: true });
    expect(actOf(AT_FIRST, press('J', true))).toBeNull();
    // On most keyboards a question mark is typed with Shift.
    expect(actOf(AT_FIRST, press('?', true))).toEqual({ act: 'help', onSelection: false });
  });

  it('means nothing when keys are off', () => {
    expect(actOf({ ...AT_FIRST, isOff: true }, press('a'))).toBeNull();
  });

  it('can be another, and is taken from the act that had it', () => {
    const choice = remap(AT_FIRST, 'approve', 'd');
    expect(actOf(choice, press('d'))).toEqual({ act: 'approve', onSelection: false });
    expect(actOf(choice, press('a'))).toBeNull();
    expect(keysOf(choice, 'reject')).toEqual(['r']);
    expect(holderOf(choice, 'd', 'approve')).toBeNull();
  });

  it.each(['Enter', 'ArrowUp', '', ' ', 7])('is no %j', (key) => {
    expect(isKey(key)).toBe(false);
  });

  it('is remembered by this browser, and as at first where that holds nonsense', () => {
    const held = new Map<string, string>();
    const storage = {
      getItem: (name: string) => held.get(name) ?? null,
      setItem: (name: string, value: string) => void held.set(name, value),
    };
    const choice = remap({ ...AT_FIRST, isOff: true }, 'spam', 'ö');
    keepChoice(storage, choice);
    expect(readChoice(storage)).toEqual(choice);
    for (const nonsense of ['', '{', '[]', 'null', '{"own":{"fly":["q"],"spam":"x","approve":["Enter"]}}']) {
      expect(readChoice({ getItem: () => nonsense })).toEqual(AT_FIRST);
    }
  });

  it('lasts as long as the page in a browser that keeps nothing', () => {
    const full = {
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(() => {
      keepChoice(full, AT_FIRST);
    }).not.toThrow();
  });
});
