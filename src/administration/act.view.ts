import type { RecordedAct } from '../accounts/recorded-act.entity.js';

export interface ActView {
  readonly id: string;
  readonly at: string;
  readonly by: { readonly kind: string; readonly name: string };
  readonly action: string;
  readonly subject: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export function viewAct({ id, at, actorKind, actorName, action, subject, detail }: RecordedAct): ActView {
  const by = { kind: actorKind, name: actorName };
  return { id, at: at.toISOString(), by, action, subject, ...(detail !== null && { detail }) };
}
