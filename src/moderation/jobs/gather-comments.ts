// Finds the comments a job is about, a stretch at a time, and writes them down: those that matched when it was made. A
// comment that has moved since, by its event's place in the site's order, is left to whoever moved it.
import type { EntityManager } from 'typeorm';
import { binder } from '../bind.js';
import { filterConditions, queueConditions } from '../queue-conditions.js';
import { readQueueQuery } from '../queue-query.js';
import type { ModerationJob } from './moderation-job.entity.js';

/** Comments looked at in one turn: some 100 ms when each is searched for a text. */
export const STRETCH = 5_000;
/** The clocks of two machines differ by less than this. The list ends here, or it would grow while it is read. */
const CLOCKS_APART = '1 minute';

export interface Gathered {
  /** How many were written down. */
  readonly found: number;
  /** Where to read on; null at the end. */
  readonly place: string[] | null;
}

export function gather(manager: EntityManager, job: ModerationJob, stretch = STRETCH): Promise<Gathered> {
  return job.undoes ? gatherMoved(manager, job, stretch) : gatherMatching(manager, job, stretch);
}

interface Row {
  readonly found: number;
  readonly looked: number;
  readonly place: string[] | null;
}

async function gatherMatching(manager: EntityManager, job: ModerationJob, stretch: number): Promise<Gathered> {
  const query = readQueueQuery({ ...job.filter, sort: 'oldest' });
  const parameters: unknown[] = [job.siteId, job.id, job.at, job.untilSeq, job.gathered];
  const bind = binder(parameters);
  const where = ['c.site_id = $1', ...queueConditions(query, job.gatheredTo, bind)];
  if (query.article !== null) {
    where.push(`c.article_id = (select a.id from article a where a.site_id = $1 and a.key = ${bind(query.article)})`);
  }
  const found = ['(e.seq <= $4 or e.seq is null and c.submitted_at <= $3)', ...filterConditions(query, bind)];
  if (query.isReported) found.push(REPORTED_BEFORE);
  // The stretch is cut before anything is joined to it: behind a row-level policy the planner thinks that few are left.
  const [row]: Row[] = await manager.query(
    `with stretch as materialized (
       select c.* from comment c
        where ${where.join(' and ')} and c.submitted_at <= $3::timestamptz + interval '${CLOCKS_APART}'
        order by c.submitted_at, c.id limit ${bind(stretch)}),
     found as (
       select c.id, c.version, c.submitted_at from stretch c
         join comment_event e on e.site_id = c.site_id and e.comment_id = c.id and e.version = c.version
        where ${found.join(' and ')}),
     kept as (
       insert into moderation_job_item (site_id, job_id, place, comment_id, version)
       select $1, $2, $5::int + row_number() over (order by f.submitted_at, f.id), f.id, f.version from found f returning 1)
     select (select count(*)::int from kept) as found, (select count(*)::int from stretch) as looked,
            (select array[s.submitted_at::text, s.id::text] from stretch s
              order by s.submitted_at desc, s.id desc limit 1) as place`,
    parameters,
  );
  return readOn(row, stretch);
}

const REPORTED_BEFORE = `exists (select 1 from comment_report r
  where r.site_id = c.site_id and r.comment_id = c.id and r.settled_at is null and r.at <= $3)`;

/** What another job moved, where nothing has happened to it since. */
async function gatherMoved(manager: EntityManager, job: ModerationJob, stretch: number): Promise<Gathered> {
  const [row]: Row[] = await manager.query(
    `with stretch as materialized (
       select i.* from moderation_job_item i where i.site_id = $1 and i.job_id = $2 and i.place > $3
        order by i.place limit $4),
     found as (
       select s.place, c.id, c.version from stretch s
         join comment c on c.site_id = s.site_id and c.id = s.comment_id and c.version = s.version_after
        where s.outcome = 'moved'),
     kept as (
       insert into moderation_job_item (site_id, job_id, place, comment_id, version)
       select $1, $5, $6::int + row_number() over (order by f.place), f.id, f.version from found f returning 1)
     select (select count(*)::int from kept) as found, (select count(*)::int from stretch) as looked,
            (select array[max(s.place)::text] from stretch s) as place`,
    [job.siteId, job.undoes, Number(job.gatheredTo?.[0] ?? 0), stretch, job.id, job.gathered],
  );
  return readOn(row, stretch);
}

function readOn(row: Row | undefined, stretch: number): Gathered {
  return { found: row?.found ?? 0, place: row?.looked === stretch ? row.place : null };
}
