import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { mayAct, type Caller } from '../../accounts/caller.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId, type JobGroupId, type SiteId } from '../../platform/ids.js';
import { Problem } from '../../platform/problem/problem.js';
import { Site } from '../../sites/site.entity.js';
import { ModeratedSites } from '../moderated-sites.js';
import { BulkQueue } from './bulk.queue.js';
import { insertJob, type Ordering } from './insert-job.js';
import { viewJobGroup, type JobGroupView, type SiteOfJob } from './job-group.view.js';
import { readFilter } from './job-filter.js';
import { refuseUndo, stopJob } from './job-keeper.js';
import { placesOfCampaigns, placesOfFilter, whereDeciding, type JobPlace } from './job-sites.js';
import type { MakeJobGroupDto } from './make-job-group.dto.js';
import { ModerationJob } from './moderation-job.entity.js';

type Member = readonly [ModerationJob, SiteOfJob];

/** Acts over several sites: a job on each, begun together, looked at, stopped and undone as one. */
@Injectable()
export class JobGroups {
  constructor(
    private readonly sites: ModeratedSites,
    private readonly database: Database,
    private readonly queue: BulkQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `invalid-body`, `site-not-found`, `forbidden`, `nothing-matches`, `too-many-jobs` */
  async make(caller: Caller, body: MakeJobGroupDto): Promise<JobGroupView> {
    const { action, reason = null } = body;
    const places = await this.#placesOf(caller, body);
    if (places.length === 0) throw new Problem('nothing-matches');
    const group = newId<JobGroupId>();
    await this.#begin(caller, [...new Set(places.map(({ site }) => site))], (ordering) =>
      inTurn(places, ({ site, filter }) =>
        insertJob(ordering, site, { action, filter, reason, undoes: null, groupId: group }),
      ),
    );
    return this.read(caller, group);
  }

  /** Those of its jobs that the caller may see; there is one at least. @throws Problem `job-not-found` */
  async read(caller: Caller, id: JobGroupId): Promise<JobGroupView> {
    const members = await this.#members(caller, id);
    return viewJobGroup(id, members);
  }

  /** Where the caller may decide; jobs that have ended stay as they are. @throws Problem `job-not-found`, `forbidden` */
  async stop(caller: Caller, id: JobGroupId): Promise<JobGroupView> {
    const jobs = await this.#deciding(caller, id);
    await this.database.inSites(sitesOf(jobs), (manager) => {
      const ordering = { manager, by: caller, at: this.clock.now() };
      return inTurn(jobs, (job) => stopJob(ordering, job.siteId, job.id));
    });
    return this.read(caller, id);
  }

  /** As a group of its own. @throws Problem `job-not-found`, `forbidden`, `job-not-finished`, `nothing-to-undo`, `too-many-jobs` */
  async undo(caller: Caller, id: JobGroupId): Promise<JobGroupView> {
    const jobs = await this.#deciding(caller, id);
    if (jobs.some(({ finishedAt }) => finishedAt === null)) throw new Problem('job-not-finished');
    const undoable = jobs.filter(({ moved }) => moved > 0);
    if (undoable.length === 0) throw new Problem('nothing-to-undo', { detail: 'This act moved nothing.' });
    for (const job of undoable) refuseUndo(job);
    const group = newId<JobGroupId>();
    await this.#begin(caller, sitesOf(undoable), (ordering) =>
      inTurn(undoable, ({ siteId, filter, id: undoes }) =>
        insertJob(ordering, siteId, { action: 'undo', filter, reason: null, undoes, groupId: group }),
      ),
    );
    return this.read(caller, group);
  }

  async #placesOf(caller: Caller, { filter: given, sites = [], campaigns }: MakeJobGroupDto): Promise<JobPlace[]> {
    const filter = readFilter(given, true);
    refuseArticle(filter);
    const named = campaigns ? [...new Set(campaigns.map(({ site }) => site))] : sites;
    const reach = whereDeciding(caller, await this.sites.reachOf(caller, named));
    if (reach !== 'all' && reach.size === 0) throw new Problem('forbidden');
    if (campaigns && reach !== 'all') return placesOfCampaigns(reach, filter, campaigns);
    return this.sites.look(reach, (manager) => placesOfFilter(manager, reach, filter));
  }

  /** All of them or none, locked in the order of the sites. */
  async #begin(
    caller: Caller,
    sites: readonly SiteId[],
    insert: (ordering: Ordering) => Promise<ModerationJob[]>,
  ): Promise<void> {
    const at = this.clock.now();
    const jobs = await this.database.inSites(sites, (manager) => insert({ manager, by: caller, at }));
    this.queue.wake(jobs.map(({ siteId, id }) => ({ site: siteId, job: id, turn: 0 })));
  }

  async #members(caller: Caller, id: JobGroupId): Promise<Member[]> {
    const members = await this.sites.look(await this.sites.reach(caller), async (manager) => {
      const jobs = await manager.find(ModerationJob, { where: { groupId: id }, order: { siteId: 'ASC', id: 'ASC' } });
      const rows = await manager.findBy(Site, { id: In(sitesOf(jobs)) });
      const labels = new Map(rows.map(({ id: site, key, name }) => [site, { key, name }]));
      return jobs.flatMap((job): Member[] => {
        const site = labels.get(job.siteId);
        return site ? [[job, site]] : [];
      });
    });
    if (members.length === 0) throw new Problem('job-not-found');
    return members;
  }

  async #deciding(caller: Caller, id: JobGroupId): Promise<ModerationJob[]> {
    const members = await this.#members(caller, id);
    const allowed = members.filter(([, { key }]) => mayAct(caller, key, 'moderator', 'moderation:write'));
    if (allowed.length === 0) throw new Problem('forbidden');
    return allowed.map(([job]) => job);
  }
}

/** An article's key belongs to one site; the lists of many do not look at it either. */
function refuseArticle({ article }: { readonly article?: string }): void {
  if (article === undefined) return;
  const detail = 'An article belongs to one site. Make a job there, or look for `article:` in `q`.';
  throw new Problem('invalid-body', { errors: [{ pointer: '/filter/article', rule: 'queue-filter', detail }] });
}

function sitesOf(jobs: readonly ModerationJob[]): SiteId[] {
  return [...new Set(jobs.map(({ siteId }) => siteId))];
}

/** One after the other: they share a connection. */
async function inTurn<One, Made>(all: readonly One[], act: (one: One) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (const one of all) made.push(await act(one));
  return made;
}
