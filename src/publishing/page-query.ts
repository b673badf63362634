import { readChoice, readLimit, readOne, type RawQuery } from '../platform/http/query.js';
import { openCursor, sealCursor } from '../platform/signing/cursor.js';
import type { Secrets } from '../platform/signing/secrets.js';
import type { Subject } from './ready-answers.js';

const SORTS = ['oldest', 'newest'] as const;
export type Sort = (typeof SORTS)[number];

/** A place in the order of publication: the time with its microseconds, as PostgreSQL writes it, then the id. */
export type Place = readonly [publishedAt: string, id: string];

/** Which page a reader asks for. */
export interface PageQuery {
  readonly sort: Sort;
  readonly limit: number;
  /** As it came, already opened; part of the page's name in the cache, so a forged one never gets that far. */
  readonly cursor: string | null;
  readonly after: Place | null;
}

/**
 * @param fixedSort for feeds, which know no other order; a thread's reader may choose.
 * @throws Problem `malformed-query`, `invalid-cursor`
 */
export function readPageQuery(secrets: Secrets, subject: Subject, query: RawQuery, fixedSort?: Sort): PageQuery {
  const sort = fixedSort ?? readChoice(query, 'sort', SORTS, 'oldest');
  const limit = readLimit(query);
  const cursor = readOne(query, 'cursor') ?? null;
  return { sort, limit, cursor, after: cursor === null ? null : openPlace(secrets, subject, sort, cursor) };
}

/** Good for this site, this article (or the whole site) and this order alone. */
export function sealPlace(secrets: Secrets, subject: Subject, sort: Sort, place: Place): string {
  return sealCursor(secrets, scopeOf(subject, sort), place);
}

function openPlace(secrets: Secrets, subject: Subject, sort: Sort, cursor: string): Place {
  return openCursor(secrets, scopeOf(subject, sort), cursor) as unknown as Place;
}

function scopeOf({ site, article }: Subject, sort: Sort): unknown[] {
  return ['published', site, article, sort];
}

/** Under which name the page is remembered. An article's key is never empty, so a site's page has a name of its own. */
export function nameOfPage(form: string, { site, article }: Subject, { sort, limit, cursor }: PageQuery): string {
  return `${form} ${site} ${sort} ${limit} ${cursor ?? ''} ${article ?? ''}`;
}
