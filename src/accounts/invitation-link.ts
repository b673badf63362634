import type { PublicAddress } from '../platform/http/public-address.js';

const LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** Where the invited goes; the page there is the desk's. */
export function invitationUrl(address: PublicAddress, token: string): string {
  return `${address.url}/desk/invitations/${token}`;
}

export function invitationEnd(madeAt: Date): Date {
  return new Date(madeAt.getTime() + LIFE_MS);
}
