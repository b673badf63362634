// How a queue is ordered, and where in it a page ends: by keyset, along an index that has the id behind the column.

export const QUEUE_ORDERS = ['oldest', 'newest', 'doubtful'] as const;
export type QueueOrder = (typeof QUEUE_ORDERS)[number];

const COLUMNS: Readonly<Record<QueueOrder, { readonly column: string; readonly type: string; readonly way: string }>> =
  {
    oldest: { column: 'submitted_at', type: 'timestamptz', way: 'asc' },
    newest: { column: 'submitted_at', type: 'timestamptz', way: 'desc' },
    doubtful: { column: 'certainty', type: 'real', way: 'asc' },
  };

/** After `order by`, of the rows under this name. */
export function orderBy(sort: QueueOrder, row = 'c'): string {
  const { column, way } = COLUMNS[sort];
  return `${row}.${column} ${way}, ${row}.id ${way}`;
}

/** The columns of the order, for a row that is ordered again later. */
export function orderedColumns(sort: QueueOrder): string {
  return `c.${COLUMNS[sort].column}, c.id`;
}

/** What a cursor tells of `comment c` beside its id, to the last bit. */
export function placeOf(sort: QueueOrder): string {
  return `c.${COLUMNS[sort].column}::text`;
}

/** That `comment c` comes after a place, whose parameters these are. */
export function isBeyond(sort: QueueOrder, place: string, id: string): string {
  const { column, type, way } = COLUMNS[sort];
  return `(c.${column}, c.id) ${way === 'asc' ? '>' : '<'} (${place}::${type}, ${id}::uuid)`;
}
