import type { RuleAction } from '../lib/spam/rules/rule.js';
import type { Label } from '../lib/spam/verdict.js';
import type { CommentStatus } from '../comments/comment-status.js';
import type { SiteSettings } from '../sites/site-settings.js';

export interface Placement {
  readonly to: CommentStatus;
  /** For the event: why it went there. */
  readonly reason: string;
}

/**
 * Where a screened comment goes, by the site's policy. Spam is put away under every policy. What a rule holds is held
 * under every policy too, and what one allows goes out as if its author were known; but where a person reads every
 * comment, a person reads this one.
 * @param ruling what a rule of the owner has decided, if one has
 */
export function placeByPolicy(
  label: Label,
  isKnownAuthor: boolean,
  { moderation, publishOnApproval }: Pick<SiteSettings, 'moderation' | 'publishOnApproval'>,
  ruling: RuleAction | null = null,
): Placement {
  if (label === 'spam') return { to: 'spam', reason: WHY_SPAM[ruling === 'spam' ? 'ruled' : 'found'] };
  if (ruling === 'hold') return { to: 'pending', reason: 'A rule of the site holds it; a person must look.' };
  const accepted = publishOnApproval ? 'published' : 'approved';
  if (moderation === 'none') return { to: accepted, reason: 'The site lets out everything that is not clear spam.' };
  if (label === 'unsure') return { to: 'pending', reason: 'The signals are not clear; a person must look.' };
  if (moderation === 'all') return { to: 'pending', reason: 'On this site a person reads every comment.' };
  if (ruling === 'allow') return { to: accepted, reason: 'A rule of the site allows it.' };
  if (moderation === 'unsure') return { to: accepted, reason: 'Nothing speaks against it.' };
  if (isKnownAuthor)
    return { to: accepted, reason: 'Nothing speaks against it, and the author was published here before.' };
  return { to: 'pending', reason: 'The author is new here.' };
}

/** A machine lets nothing out that a person has put away, also when its author has written something else since. */
export function heldAfterSpam(placement: Placement): Placement {
  if (placement.to !== 'approved' && placement.to !== 'published') return placement;
  return { to: 'pending', reason: 'A person put it away as spam before its author edited it; a person must look.' };
}

const WHY_SPAM = { ruled: 'A rule of the site puts it away.', found: 'The signals add up to spam.' };
