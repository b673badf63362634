import { createHash } from 'node:crypto';
import { readArticleKey } from '../comments/article-key.js';
import type { RawQuery } from '../platform/http/query.js';
import type { SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';

const MOST_ARTICLES = 100;

/** The articles to count, each once: the name it was asked for by, and its key. */
export type AskedArticles = ReadonlyMap<string, string>;

/** @throws Problem `malformed-query` for none or too many, `malformed-path` for what is no article's key. */
export function readAskedArticles({ article }: RawQuery): AskedArticles {
  const asked = new Map([article ?? []].flat().map((name) => [name, readArticleKey(name)]));
  if (asked.size === 0 || asked.size > MOST_ARTICLES) {
    throw new Problem('malformed-query', { detail: `Name 1 to ${MOST_ARTICLES} articles: \`article=a&article=b\`.` });
  }
  return asked;
}

/** Under which name the counts are remembered. */
export function nameOfCounts(site: SiteId, asked: AskedArticles): string {
  const names = JSON.stringify([...asked.keys()]);
  return `counts ${site} ${createHash('sha256').update(names).digest('base64url')}`;
}
