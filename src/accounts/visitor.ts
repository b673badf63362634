import type { Person } from './caller.js';

/** Who comes with a one-time link, as far as the request tells. */
export interface Visitor {
  /** The address of their machine; for limits, never stored. */
  readonly client: string;
  /** Whom the session cookie that came along names, if any. */
  readonly person: Person | null;
}
