// Which comments people decide on without the machine's answer, so that the record of the filter can be trusted.
import type { CommentId } from '../platform/ids.js';
import type { Secrets } from '../platform/signing/secrets.js';
import type { KnownSite } from '../sites/site-directory.js';
import type { Placement } from './policy.js';

const PURPOSE = 'blind share';
const BYTES = 6;
const ALL = 2 ** (8 * BYTES);

/**
 * Whether a comment belongs to the share. Decided by a digest of its id under the service's secret: the same for a job
 * that runs twice, and nobody outside can tell. Whatever the verdict is, the chance is the same; so a comment without an
 * answer says nothing of what the answer was, and what people say of the share holds for all.
 */
export function isChosen(secrets: Secrets, { id: site, settings }: KnownSite, comment: CommentId): boolean {
  if (settings.blindShare === 0) return false;
  return secrets.sign(PURPOSE, `${site} ${comment}`).readUIntBE(0, BYTES) / ALL < settings.blindShare;
}

/** It waits for a person, and its event says no more than that it was chosen: everybody on the site reads events. */
export function placeBlind({ to }: Placement): Placement & { readonly blindInsteadOf: Placement['to'] } {
  return {
    to: 'pending',
    reason: 'Chosen at random: a person decides without the machine’s answer.',
    blindInsteadOf: to,
  };
}
