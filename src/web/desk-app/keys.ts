// The keys of the desk: what each does, which ones somebody would rather have, and whether they work at all.

export const ACTS = [
  ['next', 'Next comment', ['j']],
  ['previous', 'Previous comment', ['k']],
  ['select', 'Select it', ['x']],
  ['approve', 'Approve', ['a']],
  ['reject', 'Reject', ['r', 'd']],
  ['spam', 'Spam', ['s']],
  ['publish', 'Publish', ['p']],
  ['undo', 'Undo the last decision', ['z', 'u']],
  ['open', 'Open or close: history, thread, notes', ['o']],
  ['edit', 'Edit the text', ['e']],
  ['note', 'Write a note', ['n']],
  ['search', 'Search', ['/']],
  ['tab1', 'Pending', ['1']],
  ['tab2', 'Spam', ['2']],
  ['tab3', 'Approved', ['3']],
  ['tab4', 'Published', ['4']],
  ['tab5', 'Rejected', ['5']],
  ['help', 'These keys', ['?']],
] as const satisfies readonly (readonly [string, string, readonly string[]])[];

export type Act = (typeof ACTS)[number][0];

/** With Shift these act on the selection. */
export const ON_SELECTION: readonly Act[] = ['approve', 'reject', 'spam', 'publish'];

export interface KeyChoice {
  readonly isOff: boolean;
  /** Only what differs from the keys at first. */
  readonly own: Readonly<Partial<Record<Act, readonly string[]>>>;
}

export const AT_FIRST: KeyChoice = { isOff: false, own: {} };

export interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
}

export function keysOf(choice: KeyChoice, act: Act): readonly string[] {
  return choice.own[act] ?? ACTS.find(([name]) => name === act)?.[2] ?? [];
}

/** What a key means; null for one that means nothing. A capital letter is its key with Shift: the selection. */
export function actOf(choice: KeyChoice, { key, shiftKey }: Pressed): { act: Act; onSelection: boolean } | null {
  if (choice.isOff) return null;
  const means = (typed: string): Act | undefined => ACTS.find(([act]) => keysOf(choice, act).includes(typed))?.[0];
  const plain = means(key);
  if (plain !== undefined) return { act: plain, onSelection: false };
  const small = shiftKey ? means(key.toLowerCase()) : undefined;
  return small !== undefined && ON_SELECTION.includes(small) ? { act: small, onSelection: true } : null;
}

/** Another act that has the key already; null when it is free. */
export function holderOf(choice: KeyChoice, key: string, except: Act): Act | null {
  return ACTS.find(([act]) => act !== except && keysOf(choice, act).includes(key))?.[0] ?? null;
}

/** One key for an act in place of those it had. The act that had it before is left with its others. */
export function remap(choice: KeyChoice, act: Act, key: string): KeyChoice {
  const holder = holderOf(choice, key, act);
  const left = holder === null ? {} : { [holder]: keysOf(choice, holder).filter((one) => one !== key) };
  return { ...choice, own: { ...choice.own, ...left, [act]: [key] } };
}

const PLACE = 'winnow.desk.keys';

/** What this browser keeps; as at first where it keeps nothing that can be read. */
export function readChoice(storage: Pick<Storage, 'getItem'>): KeyChoice {
  try {
    const { isOff, own } = JSON.parse(storage.getItem(PLACE) ?? '{}') as Partial<KeyChoice>;
    const known = Object.entries(own ?? {}).filter(
      ([act, keys]) => ACTS.some(([name]) => name === act) && Array.isArray(keys) && keys.every(isKey),
    );
    return { isOff: isOff === true, own: Object.fromEntries(known) };
  } catch {
    return AT_FIRST;
  }
}

export function keepChoice(storage: Pick<Storage, 'setItem'>, choice: KeyChoice): void {
  try {
    storage.setItem(PLACE, JSON.stringify(choice));
  } catch {
    // A browser that keeps nothing: the choice lasts until the page is left.
  }
}

/** One character that shows, not a name such as `Enter`. */
export function isKey(key: unknown): boolean {
  return typeof key === 'string' && Array.from(key).length === 1 && key.trim() !== '';
}
