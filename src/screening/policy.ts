import type { Label } from '../lib/spam/verdict.js';
import type { CommentStatus } from '../comments/comment-status.js';
import type { SiteSettings } from '../sites/site-settings.js';

export interface Placement {
  readonly to: CommentStatus;
  /** For the event: why it went there. */
  readonly reason: string;
}

/** Where a screened comment goes, by the site's policy. Spam is put away under every policy. */
export function placeByPolicy(
  label: Label,
  isKnownAuthor: boolean,
  { moderation, publishOnApproval }: Pick<SiteSettings, 'moderation' | 'publishOnApproval'>,
): Placement {
  if (label === 'spam') return { to: 'spam', reason: 'The signals add up to spam.' };
  const accepted = publishOnApproval ? 'published' : 'approved';
  if (moderation === 'none') return { to: accepted, reason: 'The site lets out everything that is not clear spam.' };
  if (label === 'unsure') return { to: 'pending', reason: 'The signals are not clear; a person must look.' };
  if (moderation === 'all') return { to: 'pending', reason: 'On this site a person reads every comment.' };
  if (moderation === 'unsure') return { to: accepted, reason: 'Nothing speaks against it.' };
  if (isKnownAuthor)
    return { to: accepted, reason: 'Nothing speaks against it, and the author was published here before.' };
  return { to: 'pending', reason: 'The author is new here.' };
}
