// What is known of the domains that a batch of comments links to: one query, and none for a batch without links.
import type { EntityManager } from 'typeorm';
import type { LinkDomain } from '../lib/spam/evidence.js';
import type { SiteId } from '../platform/ids.js';
import { countUnrelated, type OwnedSite } from './unrelated-sites.js';

/** Counting stops here, on a site and among sites: more would change no weight. */
const ENOUGH = 100;
const ENOUGH_SITES = 30;

/** What a policy published and nobody marked for so long is as good as accepted: by then spam has been seen. */
const STOOD_DAYS = 7;

export interface LinkingComment {
  readonly siteId: SiteId;
  readonly linkDomains: readonly string[];
}

interface Row {
  readonly siteId: SiteId;
  readonly domain: string;
  readonly spamHere: number;
  readonly hamHere: number;
  readonly sites: readonly { readonly standing: string; readonly site: SiteId; readonly owners: readonly string[] }[];
}

/** For each comment what is known of its domains, in the order given; what nobody ever decided on is left out. */
export async function knownDomains(
  manager: EntityManager,
  comments: readonly LinkingComment[],
  at: Date,
): Promise<(readonly LinkDomain[])[]> {
  const wanted = new Map(
    comments.flatMap(({ siteId, linkDomains }) =>
      linkDomains.map((domain) => [`${siteId} ${domain}`, { siteId, domain }] as const),
    ),
  );
  if (wanted.size === 0) return comments.map(() => []);
  const pairs = [...wanted.values()];
  const rows: Row[] = await manager.query(KNOWN_DOMAINS, [
    pairs.map(({ siteId }) => siteId),
    pairs.map(({ domain }) => domain),
    [...new Set(pairs.map(({ domain }) => domain))],
    new Date(at.getTime() - STOOD_DAYS * 86_400_000),
  ]);
  const known = new Map(rows.map((row) => [`${row.siteId} ${row.domain}`, describe(row)]));
  return comments.map(({ siteId, linkDomains }) =>
    linkDomains.flatMap((domain) => known.get(`${siteId} ${domain}`) ?? []),
  );
}

function describe({ siteId, domain, spamHere, hamHere, sites }: Row): LinkDomain {
  const others = sites.filter(({ site }) => site !== siteId);
  const those = (isSpam: boolean): OwnedSite[] => others.filter(({ standing }) => (standing === 'spam') === isSpam);
  return { domain, spamHere, hamHere, spamSites: countUnrelated(those(true)), hamSites: countUnrelated(those(false)) };
}

/**
 * Each site is one step along the index, from the first comment of one to the first of the next: a domain that is in
 * millions of comments costs no more than one in thirty. `at` is last in the index, so that the first comment of a site
 * is the one that has stood longest.
 */
const KNOWN_DOMAINS = `
  with sites as materialized (
    select d.domain, jsonb_agg(jsonb_build_object('standing', k.standing, 'site', s.site_id, 'owners', array(
             select m.account_id from membership m where m.site_id = s.site_id and m.role = 'owner'))) as sites
      from unnest($3::text[]) d(domain)
     cross join (values ('spam', 'infinity'::timestamptz), ('ham', 'infinity'), ('out', $4::timestamptz)) k(standing, until)
     cross join lateral (
       with recursive step(site_id, at, number) as (
         (select l.site_id, l.at, 1 from comment_link l where l.domain = d.domain and l.standing = k.standing
           order by l.site_id, l.at limit 1)
         union all
         (select n.site_id, n.at, step.number + 1 from step cross join lateral (
           select l.site_id, l.at from comment_link l
            where l.domain = d.domain and l.standing = k.standing and l.site_id > step.site_id
            order by l.site_id, l.at limit 1) n
           where step.number < ${ENOUGH_SITES}))
       select site_id from step where at < k.until) s
     group by d.domain)
  select w.site_id as "siteId", w.domain, coalesce(sites.sites, '[]') as sites, here.spam as "spamHere",
         least(${ENOUGH}, here.ham + here.out) as "hamHere"
    from unnest($1::uuid[], $2::text[]) w(site_id, domain)
    left join sites on sites.domain = w.domain
   cross join lateral (select
     (select count(*)::int from (select 1 from comment_link l where l.domain = w.domain and l.standing = 'spam'
         and l.site_id = w.site_id limit ${ENOUGH}) counted) as spam,
     (select count(*)::int from (select 1 from comment_link l where l.domain = w.domain and l.standing = 'ham'
         and l.site_id = w.site_id limit ${ENOUGH}) counted) as ham,
     (select count(*)::int from (select 1 from comment_link l where l.domain = w.domain and l.standing = 'out'
         and l.site_id = w.site_id and l.at < $4 limit ${ENOUGH}) counted) as out offset 0) here
   where here.spam + here.ham + here.out > 0 or sites.sites is not null`;
