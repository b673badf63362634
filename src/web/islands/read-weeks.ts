export interface Week {
  /** Its Monday, in seconds. */
  readonly startsAt: number;
  readonly caught: number;
  /** The share and its bounds; null where there is none. */
  readonly back: readonly number[] | null;
  readonly marked: readonly number[] | null;
}

/** What the rows of the table say, the oldest week first. */
export function readWeeks(table: HTMLElement): Week[] {
  return [...table.querySelectorAll<HTMLElement>('[data-week]')].map(readWeek).reverse();
}

function readWeek(row: HTMLElement): Week {
  const text = (name: string): string => row.querySelector(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? '';
  const numbers = (name: string): number[] | null => (text(name) === '' ? null : text(name).split(' ').map(Number));
  return {
    startsAt: Date.parse(`${row.dataset.week ?? ''}T00:00Z`) / 1_000,
    caught: Number(text('caught')),
    back: numbers('back'),
    marked: numbers('marked'),
  };
}
