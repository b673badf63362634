import pg from 'pg';

/* What a database really holds, seen past row-level security: to be compared with another one. */

export async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** The count and a hash of the rows of each table. */
export async function contents(url: string): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(
    url,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  if (tables.length === 0) return {};
  const sums = tables.map(({ name }) => {
    // When a migration ran, and under which number, is each database's own.
    const row = name === 'migrations' ? 't.name' : 't::text';
    return `select '${name}' as name,
      count(*) || ' ' || coalesce(md5(string_agg(${row}, '|' order by ${row} collate "C")), '') as sum from ${name} t`;
  });
  const rows = await ask<{ name: string; sum: string }>(url, sums.join(' union all '));
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

/** Everything about the tables but their rows: columns, keys, walls, triggers, rights. */
export function shape(url: string): Promise<unknown[]> {
  return ask(
    url,
    `select relname, relrowsecurity, relforcerowsecurity, relacl::text,
            (select string_agg(tgname, ',' order by tgname) from pg_trigger
              where tgrelid = c.oid and not tgisinternal) as triggers,
            (select string_agg(pg_get_constraintdef(oid), ',' order by conname) from pg_constraint
              where conrelid = c.oid) as keys,
            (select string_agg(attname || ' ' || atttypid::regtype, ',' order by attname) from pg_attribute
              where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
       from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'i', 'p') order by relname`,
  );
}
