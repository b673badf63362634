// Which comments a job is about, as the queue's query says it: its reader is asked, so that the two never differ.
import { Problem } from '../../platform/problem/problem.js';
import { readQueueQuery, refuseSiteTerms } from '../queue-query.js';
import type { JobFilter } from './moderation-job.entity.js';

const OF_PAGES = ['sort', 'limit', 'cursor'];

/** What the queue's reader looks for in a query, but for what is about its pages. */
function namesRead(): string[] {
  const names = new Set<string>();
  const query = new Proxy<Record<string, undefined>>(
    {},
    {
      get: (_, name) => {
        names.add(String(name));
        return undefined;
      },
    },
  );
  readQueueQuery(query);
  return [...names].filter((name) => !OF_PAGES.includes(name)).sort();
}

export const FILTER_NAMES: readonly string[] = namesRead();

/**
 * What was given, without empty members.
 * @param isOverSites a term about sites chooses among several, and is left to the caller
 * @throws Problem `invalid-body` for what the queue would refuse, in its words
 */
export function readFilter(given: Readonly<Record<string, string | undefined>>, isOverSites = false): JobFilter {
  const filter: JobFilter = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const errors = Object.entries(filter).flatMap(([name, value]) => {
    const detail = refusalOf({ [name]: value }, isOverSites);
    return detail === null ? [] : [{ pointer: `/filter/${name}`, rule: 'queue-filter', detail }];
  });
  if (errors.length > 0) throw new Problem('invalid-body', { errors });
  return filter;
}

function refusalOf(filter: JobFilter, isOverSites: boolean): string | null {
  try {
    const query = readQueueQuery(filter);
    // A job is of one site: a term that chooses among many would be passed over, and everything decided.
    if (!isOverSites) refuseSiteTerms(query);
    return null;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'malformed-query') throw error;
    return error.extras.detail ?? 'The queue does not know this value.';
  }
}
