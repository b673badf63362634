import { readLimit, readOne, type RawQuery } from '../platform/http/query.js';
import type { Secrets } from '../platform/signing/secrets.js';
import { openCursor, sealCursor } from '../platform/signing/cursor.js';

/* One page of a list that goes by id, oldest first unless told. */

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Which page is asked for, as the query says it. */
export interface PageAsked {
  readonly limit: number;
  readonly cursor: string | null;
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * @param read gives up to so many items after an id
 * @param first the id before all of them
 * @throws Problem `invalid-cursor`
 */
export async function readPage<Item>(
  secrets: Secrets,
  scope: readonly string[],
  { limit, cursor }: PageAsked,
  read: (after: string, most: number) => Promise<readonly Item[]>,
  idOf: (item: Item) => string,
  first = BEFORE_ALL,
): Promise<Page<Item>> {
  const [after = first] = cursor === null ? [] : openCursor(secrets, scope, cursor);
  const rows = await read(after, limit + 1);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : sealCursor(secrets, scope, [idOf(last)]) };
}

export function readPageAsked(query: RawQuery): PageAsked {
  return { limit: readLimit(query), cursor: readOne(query, 'cursor') ?? null };
}
