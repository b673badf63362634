// What a reader's browser keeps for the page that holds the widget. A browser may refuse to keep anything, so nothing may
// depend on it.

/** `local` lasts, `session` ends with the tab. */
export type Shelf = 'local' | 'session';

export function keep(shelf: Shelf, key: string, value: unknown): void {
  try {
    if (value === null) shelfOf(shelf).removeItem(key);
    else shelfOf(shelf).setItem(key, JSON.stringify(value));
  } catch {
    // Forbidden or full: it is forgotten, and everything else works.
  }
}

/** What was kept, if it still has that shape; what else runs on the page can write there too. */
export function recall<T>(shelf: Shelf, key: string, hasShape: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(shelfOf(shelf).getItem(key) ?? 'null');
    return hasShape(value) ? value : null;
  } catch {
    return null;
  }
}

function shelfOf(shelf: Shelf): Storage {
  return globalThis[`${shelf}Storage`];
}

/** Whether it is an object whose members of these names are strings. */
export function hasStrings(value: unknown, ...names: string[]): boolean {
  return names.every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'string');
}
