import type { SiteSettings } from '../sites/site-settings.js';
import type { Article } from './article.entity.js';

const DAY_MS = 86_400_000;

type Closing = Pick<SiteSettings, 'closeAfterDays'>;

/** Whether an article takes comments: neither closed by hand nor older than its site's `closeAfterDays`. */
export function isArticleOpen(
  { open, createdAt }: Pick<Article, 'open' | 'createdAt'>,
  settings: Closing,
  now: Date,
): boolean {
  return open && createdAt >= oldestOpen(settings, now);
}

/** When the oldest article was made that still takes comments, if it is not closed by hand. */
export function oldestOpen({ closeAfterDays }: Closing, now: Date): Date {
  return new Date(closeAfterDays === null ? 0 : now.getTime() - closeAfterDays * DAY_MS);
}
