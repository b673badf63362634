/*
 * The second wall between sites. Every tenant table shows only the rows of the site that the transaction has set, or
 * all of them to the named work that crosses sites (database.ts holds both wrappers). Without either, no row is seen.
 */

/** Owns the search function; for it the policy of the search table is plainly true. */
export const SEARCH_ROLE = 'winnow_search';

/** The statements that put a table behind the wall. FORCE binds the owner too; a superuser is never bound. */
export function protectBySite(table: string, siteColumn = 'site_id'): string {
  const mine = `${siteColumn} = nullif(current_setting('app.site_id', true), '')::uuid`;
  const crossing = `current_setting('app.across_sites', true) = 'on'`;
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy one_site on ${table} using (${mine} or ${crossing}) with check (${mine} or ${crossing});`;
}
