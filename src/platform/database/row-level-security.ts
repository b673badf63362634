/*
 * The second wall between sites. Every tenant table shows only the rows of the site that the transaction has set, of
 * the sites it has listed, or all of them to the named work that crosses sites (database.ts holds the three wrappers).
 * Without any of them no row is seen.
 */

/** Owns the search function; for it the policy of the search table is plainly true. */
export const SEARCH_ROLE = 'winnow_search';

/**
 * Which rows are on this side of the wall. The question of most transactions stands first: the others are not asked
 * once it is answered. The list is read once for a statement, because reading it for each row of a page across
 * hundreds of sites takes longer than the page.
 */
function onThisSide(column: string): string {
  return `${column} = nullif(current_setting('app.site_id', true), '')::uuid
    or current_setting('app.across_sites', true) = 'on'
    or ${column} = any ((select nullif(current_setting('app.site_ids', true), '')::uuid[])::uuid[])`;
}

/** The statements that put a table behind the wall. FORCE binds the owner too; a superuser is never bound. */
export function protectBySite(table: string, siteColumn = 'site_id'): string {
  const mine = onThisSide(siteColumn);
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy one_site on ${table} using (${mine}) with check (${mine});`;
}
