/** The sign stays on the line of its number. */
export function percent(share: number): string {
  const shown = 100 * share;
  return `${shown < 10 ? String(Number(shown.toFixed(1))) : shown.toFixed(0)}\u00a0%`;
}

/** Apart by a narrow space, which means the same everywhere. */
export function inThousands(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
