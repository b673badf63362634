/** Who looks at a comment just now, to one of its moderators. */
export interface ClaimView {
  readonly by: { readonly id: string; readonly name: string };
  readonly isYours: boolean;
  /** When it ends by itself. */
  readonly until: string;
}

export interface ClaimRow {
  readonly id: string;
  readonly name: string;
  /** In an object of JSON it is a text. */
  readonly until: Date | string;
}

/** @param me the id of who reads it */
export function viewClaim({ id, name, until }: ClaimRow, me: string): ClaimView {
  return { by: { id, name }, isYours: id === me, until: new Date(until).toISOString() };
}
