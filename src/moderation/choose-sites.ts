import type { EntityManager } from 'typeorm';
import type { SiteId } from '../platform/ids.js';
import type { Reach } from './moderated-sites.js';
import type { SearchTerm } from './search-terms.js';

/** The sites whose queues are read. Those left out of all there are cannot be said by listing the others. */
export interface ChosenSites {
  readonly reach: Reach;
  readonly leftOut: readonly SiteId[];
}

/** What `site:` and `-site:` make of a reach. A key that is not in it finds nothing, and is not told from one that is no key. */
export async function chooseSites(
  manager: EntityManager,
  reach: Reach,
  terms: readonly SearchTerm[],
): Promise<ChosenSites> {
  const keys = (areExcluded: boolean): string[] => {
    const named = terms.filter(({ field, isExcluded }) => field === 'site' && isExcluded === areExcluded);
    return [...new Set(named.map(({ value }) => value.toLowerCase()))];
  };
  const [wanted, unwanted] = [keys(false), keys(true)];
  if (wanted.length === 0 && unwanted.length === 0) return { reach, leftOut: [] };
  const known = reach === 'all' ? await byKey(manager, [...wanted, ...unwanted]) : reach;
  if (wanted.length > 0) {
    const isChosen = (key: string): boolean => wanted.every((one) => one === key) && !unwanted.includes(key);
    return { reach: new Map([...known].filter(([, key]) => isChosen(key))), leftOut: [] };
  }
  if (reach === 'all') return { reach, leftOut: [...known.keys()] };
  return { reach: new Map([...known].filter(([, key]) => !unwanted.includes(key))), leftOut: [] };
}

async function byKey(manager: EntityManager, keys: readonly string[]): Promise<Map<SiteId, string>> {
  const rows: { id: SiteId; key: string }[] = await manager.query('select id, key from site where key = any($1)', [
    keys,
  ]);
  return new Map(rows.map(({ id, key }) => [id, key]));
}
