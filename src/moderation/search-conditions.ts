// What the terms of a search mean to `comment c`. Each value is bound.
import { domainToASCII, domainToUnicode } from 'node:url';
import { SEARCH_DOCUMENT } from '../comments/comment-search.entity.js';
import { authorKey } from '../comments/typed-author.js';
import { checkEmailFormat } from '../lib/email/email-format.js';
import type { Bind } from './bind.js';
import type { SearchTerm } from './search-terms.js';

type Condition = (value: string, bind: Bind) => string;

/** None for a term about sites, which chooses the queues and says nothing of a comment. */
export function termCondition({ field, value, isExcluded }: SearchTerm, bind: Bind): string[] {
  if (field === 'site') return [];
  const condition = CONDITIONS[field](value, bind);
  return [isExcluded ? `not (${condition})` : condition];
}

const CONDITIONS: Readonly<Record<Exclude<SearchTerm['field'], 'site'>, Condition>> = {
  // For walking along a queue: the same text that the search table holds.
  text: (value, bind) => `(${SEARCH_DOCUMENT}) ilike ${bind(likePattern(value))}`,
  author: (value, bind) => `c.author_name ilike ${bind(likePattern(value))}`,
  email: (value, bind) => {
    const address = wholeAddress(value);
    return address === null
      ? `c.author_email ilike ${bind(likePattern(value))}`
      : `c.author_key = ${bind(authorKey({ email: address }))}`;
  },
  link: linkCondition,
  article: (value, bind) => {
    const pattern = bind(likePattern(value));
    // Asked of each comment that is read through: joined, all articles of the site would be looked at first.
    return `(select a.key ilike ${pattern} or coalesce(a.title ilike ${pattern}, false) from article a
              where a.site_id = c.site_id and a.id = c.article_id)`;
  },
};

/** The address as it is kept, when the value is a whole one: then one author is meant. */
export function wholeAddress(value: string): string | null {
  const result = checkEmailFormat(value);
  return result.ok ? result.email.address : null;
}

/** A host, or what lies under it, in the text or in the author's URL; in Unicode or as DNS has it. */
function linkCondition(value: string, bind: Bind): string {
  const given = value.toLowerCase();
  const hosts = [...new Set([given, domainToASCII(given), domainToUnicode(given)])].filter((host) => host !== '');
  const place = `(c.body || ' ' || coalesce(c.author_url, ''))`;
  const written = hosts.map((host) => {
    return `${place} ilike ${bind(likePattern(host))} and ${place} ~* ${bind(hostPattern(host))}`;
  });
  return `(${written.join(' or ')})`;
}

/**
 * A host begins where no longer name or address does, and not in a path; it ends where no name goes on. Looking around
 * costs no more than the text is long, and only where the words themselves were found.
 */
function hostPattern(host: string): string {
  return `(?<![[:alnum:]_@-])(?<![^/]/)${host.replace(/[^\p{L}\p{N}]/gu, '\\$&')}(?![[:alnum:]_-])(?!\\.[[:alnum:]])`;
}

/** The text as it is, anywhere: its own percent signs and underscores stand for themselves. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
