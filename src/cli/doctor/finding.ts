/** `note`: it works, and could be better. `wrong`: it does not, or will not for long. */
export type State = 'ok' | 'note' | 'wrong';

/** One thing the doctor looked at. */
export interface Finding {
  readonly area: 'settings' | 'node' | 'address' | 'disk' | 'database' | 'clock' | 'queue' | 'backlog';
  readonly state: State;
  /** One sentence. */
  readonly says: string;
  /** What to do about it. */
  readonly next?: string;
}

export function ok(area: Finding['area'], says: string): Finding {
  return { area, state: 'ok', says };
}

export function note(area: Finding['area'], says: string, next: string): Finding {
  return { area, state: 'note', says, next };
}

export function wrong(area: Finding['area'], says: string, next: string): Finding {
  return { area, state: 'wrong', says, next };
}
