import type { Person } from './caller.js';
import type { Page } from './page.js';
import type { PersonView } from './person.view.js';
import type { Session } from './session.entity.js';

export type AccountView = PersonView['account'];

export interface SessionView {
  readonly id: string;
  /** Such as "Firefox on Linux", as far as it is known. */
  readonly device: string | null;
  readonly createdAt: string;
  /** To the minute. */
  readonly lastSeenAt: string;
  /** At the latest; two weeks without use end it sooner. */
  readonly expiresAt: string;
  readonly isCurrent: boolean;
}

export function viewAccount({ accountId, email, name, isOperator }: Person): AccountView {
  return { id: accountId, email, name, isOperator };
}

export function viewSessions({ items, nextCursor }: Page<Session>, { sessionId }: Person): Page<SessionView> {
  return { items: items.map((session) => viewSession(session, session.id === sessionId)), nextCursor };
}

function viewSession({ id, device, createdAt, lastSeenAt, expiresAt }: Session, isCurrent: boolean): SessionView {
  return {
    id,
    device,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    isCurrent,
  };
}
