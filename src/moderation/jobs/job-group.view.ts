import type { Decision } from '../../comments/comment-status.js';
import type { JobGroupId } from '../../platform/ids.js';
import type { JobState, ModerationJob } from './moderation-job.entity.js';
import { viewJob, type JobView } from './moderation-job.view.js';

export interface SiteOfJob {
  readonly key: string;
  readonly name: string;
}

export type JobOfSite = JobView & { readonly site: SiteOfJob };

/** One act over several sites. What is counted is the sum over its jobs. */
export interface JobGroupView {
  readonly id: string;
  readonly action: Decision;
  readonly state: JobState;
  /** Null until the comments of every job are found. */
  readonly total: number | null;
  readonly done: number;
  readonly moved: number;
  readonly inForce: number;
  readonly refused: number;
  /** One for each site, and each campaign there, by the sites' keys. */
  readonly jobs: readonly JobOfSite[];
}

/** Which of them says how the whole stands: one that is under way, else the one that went worst. */
const BY_WEIGHT: readonly JobState[] = ['running', 'failed', 'stopped', 'done'];

export function viewJobGroup(id: JobGroupId, jobs: readonly (readonly [ModerationJob, SiteOfJob])[]): JobGroupView {
  const action = jobs[0]?.[0].action;
  if (!action) throw new Error('A group without jobs.');
  const views = jobs
    .map(([job, site]): JobOfSite => ({ ...viewJob(job), site }))
    .sort((a, b) => (a.site.key < b.site.key ? -1 : a.site.key > b.site.key ? 1 : a.id < b.id ? -1 : 1));
  const sum = (name: 'done' | 'moved' | 'inForce' | 'refused'): number =>
    views.reduce((total, view) => total + view[name], 0);
  const areFound = views.every(({ total }) => total !== null);
  return {
    ...{ id, action, state: stateOf(views.map(({ state }) => state)) },
    total: areFound ? views.reduce((total, view) => total + (view.total ?? 0), 0) : null,
    ...{ done: sum('done'), moved: sum('moved'), inForce: sum('inForce'), refused: sum('refused') },
    jobs: views,
  };
}

export function stateOf(states: readonly JobState[]): JobState {
  if (states.every((state) => state === 'waiting')) return 'waiting';
  if (states.includes('waiting')) return 'running';
  return BY_WEIGHT.find((state) => states.includes(state)) ?? 'done';
}
