import type { SeenInvitation } from './invitations.js';
import type { SeenReset } from './password-resets.js';

export interface SeenInvitationView extends Omit<SeenInvitation, 'expiresAt'> {
  readonly expiresAt: string;
}

export interface SeenResetView extends Omit<SeenReset, 'expiresAt'> {
  readonly expiresAt: string;
}

export function viewSeenInvitation(seen: SeenInvitation): SeenInvitationView {
  return { ...seen, expiresAt: seen.expiresAt.toISOString() };
}

export function viewSeenReset(seen: SeenReset): SeenResetView {
  return { ...seen, expiresAt: seen.expiresAt.toISOString() };
}
