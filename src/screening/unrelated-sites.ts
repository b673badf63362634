// How many sites speak for themselves: an owner who has ten sites has one voice.

export interface OwnedSite {
  readonly site: string;
  readonly owners: readonly string[];
}

/**
 * The sites that are left when each one that shares an owner with one before is passed over: no two of them are related.
 * Operators relate nothing, for they may act on every site; a site without an owner is theirs and stands by itself.
 */
export function countUnrelated(sites: readonly OwnedSite[]): number {
  const counted = new Set<string>();
  const heard = new Set<string>();
  // Who owns least shuts out least. A site is counted once, also when it is named twice.
  for (const { site, owners } of sites.toSorted((one, other) => one.owners.length - other.owners.length)) {
    if (counted.has(site) || owners.some((owner) => heard.has(owner))) continue;
    counted.add(site);
    for (const owner of owners) heard.add(owner);
  }
  return counted.size;
}
