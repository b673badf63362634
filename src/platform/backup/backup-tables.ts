import type pg from 'pg';
import type { BackupTable } from './backup-format.js';

interface FoundTable extends BackupTable {
  /** The tables its foreign keys point to. */
  readonly parents: readonly string[];
}

/**
 * Ours are those that belong to whoever owns `migrations`, which says itself what has run and is not copied. The
 * tables of the queue are in a schema of their own, and expendable.
 */
const OUR_TABLES = `
  select t.relname as name,
         array(select a.attname::text from pg_attribute a
                where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                order by a.attnum) as columns,
         array(select distinct p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
                where f.conrelid = t.oid and f.contype = 'f' and p.oid <> t.oid order by 1) as parents
    from pg_class t join pg_class m on m.oid = to_regclass('public.migrations') and m.relowner = t.relowner
   where t.relnamespace = m.relnamespace and t.relkind in ('r', 'p') and t.oid <> m.oid
     and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
   order by t.relname`;

/** The tables of Winnow, parents before their children; none where no migration has run. */
export async function listTables(client: pg.Client): Promise<BackupTable[]> {
  const { rows } = await client.query<FoundTable>(OUR_TABLES);
  const placed = new Map<string, BackupTable>();
  while (placed.size < rows.length) {
    const next = rows.filter(({ name, parents }) => !placed.has(name) && parents.every((one) => placed.has(one)));
    if (next.length === 0) throw new Error('The foreign keys of the tables run in a circle.');
    for (const { name, columns } of next) placed.set(name, { name, columns });
  }
  return [...placed.values()];
}

/** The migrations that have run, in order; null where there is no table of them. */
export async function listMigrations(client: pg.Client): Promise<string[] | null> {
  const { rows } = await client.query<{ isThere: boolean }>(
    `select to_regclass('public.migrations') is not null as "isThere"`,
  );
  if (!rows[0]?.isThere) return null;
  const found = await client.query<{ name: string }>('select name from public.migrations order by id');
  return found.rows.map(({ name }) => name);
}
