// On which sites an act has something to do, and what it is about on each.
import type { EntityManager } from 'typeorm';
import { mayAct, type Caller } from '../../accounts/caller.js';
import type { CommentStatus } from '../../comments/comment-status.js';
import { groupBy } from '../../platform/group-by.js';
import type { SiteId } from '../../platform/ids.js';
import { Problem } from '../../platform/problem/problem.js';
import { chooseSites } from '../choose-sites.js';
import { sitesIn, type Reach } from '../moderated-sites.js';
import { readQueueQuery } from '../queue-query.js';
import { printSearch } from '../search-terms.js';
import { MOST_SITES, type MakeJobGroupDto } from './make-job-group.dto.js';
import type { JobFilter } from './moderation-job.entity.js';

export interface JobPlace {
  readonly site: SiteId;
  readonly filter: JobFilter;
}

/** The reach without the sites on which the caller only reads. */
export function whereDeciding(caller: Caller, reach: Reach): Reach {
  if (reach === 'all') return reach;
  return new Map([...reach].filter(([, key]) => mayAct(caller, key, 'moderator', 'moderation:write')));
}

/** Each campaign by a filter of its own, in the order of the sites' ids. One on a site out of reach is left out. */
export function placesOfCampaigns(
  reach: ReadonlyMap<SiteId, string>,
  filter: JobFilter,
  campaigns: NonNullable<MakeJobGroupDto['campaigns']>,
): JobPlace[] {
  const byKey = groupBy(campaigns, ({ site }) => site);
  return [...reach]
    .sort()
    .flatMap(([site, key]) =>
      (byKey.get(key) ?? []).map(({ campaign }) => ({ site, filter: { ...filter, campaign: campaign.toLowerCase() } })),
    );
}

/** The sites that have comments of the status, as the counters and the terms about sites say. @throws Problem `invalid-body` */
export async function placesOfFilter(manager: EntityManager, all: Reach, filter: JobFilter): Promise<JobPlace[]> {
  const { status, terms } = readQueueQuery(filter);
  const { reach, leftOut } = await chooseSites(manager, all, terms);
  const sites = await sitesWith(manager, status, reach, leftOut);
  if (sites.length > MOST_SITES) {
    throw refuse(
      `This is about more than ${MOST_SITES} sites. Name some of them in \`sites\`, or one by \`site:\` in the search.`,
    );
  }
  const { q: _, ...rest } = filter;
  const search = printSearch(terms.filter(({ field }) => field !== 'site'));
  return sites.map((site) => ({ site, filter: search === '' ? rest : { ...rest, q: search } }));
}

async function sitesWith(
  manager: EntityManager,
  status: CommentStatus,
  reach: Reach,
  leftOut: readonly SiteId[],
): Promise<SiteId[]> {
  // What the checks have not seen is counted nowhere.
  if (status === 'received') throw refuse('Wait until the checks have seen them, or make a job on one site.', 'status');
  const rows: { id: SiteId }[] = await manager.query(
    `select k.site_id as id from site_counter k
      where (to_jsonb(k) ->> $3)::bigint > 0 and ($1::uuid[] is null or k.site_id = any($1)) and k.site_id <> all($2)
      order by k.site_id limit $4`,
    [sitesIn(reach), leftOut, status, MOST_SITES + 1],
  );
  return rows.map(({ id }) => id);
}

function refuse(detail: string, member = 'q'): Problem {
  return new Problem('invalid-body', { errors: [{ pointer: `/filter/${member}`, rule: 'queue-filter', detail }] });
}
