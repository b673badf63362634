import type { SiteSettings } from '../sites/site-settings.js';
import type { Article } from './article.entity.js';

const DAY_MS = 86_400_000;

/** Whether an article takes comments: neither closed by hand nor older than its site's `closeAfterDays`. */
export function isArticleOpen(
  { open, createdAt }: Pick<Article, 'open' | 'createdAt'>,
  { closeAfterDays }: Pick<SiteSettings, 'closeAfterDays'>,
  now: Date,
): boolean {
  return open && (closeAfterDays === null || createdAt.getTime() + closeAfterDays * DAY_MS >= now.getTime());
}
