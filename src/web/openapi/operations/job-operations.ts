import { answers, type OperationGroup } from '../operation.js';
import { PAGE } from '../parameters.js';

const JOBS = '/v1/sites/{site}/moderation/jobs';
const GROUPS = '/v1/moderation/jobs';

export const jobOperations: OperationGroup = {
  tag: 'Large acts',
  description:
    'One decision on any number of comments, carried out in the background: those that match a filter when the job is ' +
    'made, and nothing that comes later. A colleague’s decision in the meantime stands.',
  operations: {
    [`POST ${JOBS}`]: {
      id: 'makeJob',
      summary: 'Decide on all comments that match a filter',
      description:
        'Each comment is decided as by itself, 200 at a time, and the jobs of all sites take turns. A site has at most ' +
        'five unfinished jobs. Look at `Location` for how far it is.',
      answers: { 202: answers('Job', 'The job, which has not begun yet.', ['Location']) },
      problems: ['too-many-jobs'],
    },
    [`GET ${JOBS}`]: {
      id: 'listJobs',
      summary: 'List the jobs of a site',
      description: 'Newest first. A job is kept for 90 days after its end.',
      parameters: PAGE,
      answers: { 200: answers('JobsPage', 'One page of them.') },
    },
    [`GET ${JOBS}/{job}`]: {
      id: 'readJob',
      summary: 'See how far a job is',
      answers: { 200: answers('Job', 'The job as it is now.') },
    },
    [`GET ${JOBS}/{job}/results`]: {
      id: 'listJobResults',
      summary: 'List what became of each comment of a job',
      description:
        'In the order in which the comments were sent, those decided so far. Kept for seven days after the end of the ' +
        'job. `version-conflict`: somebody decided, or the author edited it, after the job was made.',
      parameters: PAGE,
      answers: { 200: answers('JobResultsPage', 'One page of them.') },
    },
    [`POST ${JOBS}/{job}/stop`]: {
      id: 'stopJob',
      summary: 'Stop a job',
      description:
        'After the batch in hand. What it did stays; `undo` takes it back. One that has ended stays as it is.',
      answers: { 200: answers('Job', 'The job as it is now.') },
    },
    [`POST ${JOBS}/{job}/undo`]: {
      id: 'undoJob',
      summary: 'Undo what a job moved',
      description:
        'By a job of its own: exactly the comments that the job moved and that nothing has happened to since. Possible ' +
        'for seven days after its end; a deletion and an undo cannot be undone.',
      answers: { 202: answers('Job', 'The new job.', ['Location']) },
      problems: ['job-not-finished', 'nothing-to-undo', 'too-many-jobs'],
    },
    [`POST ${GROUPS}`]: {
      id: 'makeJobGroup',
      summary: 'Decide on comments of several sites',
      description:
        'A job on each site on which one may decide and that has comments of the status: on all, or on `sites`, or on ' +
        'those of `campaigns`, each by its campaign. `site:` in `q` chooses among them. At most a hundred sites; all ' +
        'jobs begin or none.',
      answers: { 202: answers('JobGroup', 'The jobs, which have not begun yet.', ['Location']) },
      problems: ['site-not-found', 'nothing-matches', 'too-many-jobs'],
    },
    [`GET ${GROUPS}/{group}`]: {
      id: 'readJobGroup',
      summary: 'See how far an act over several sites is',
      description: 'The jobs of sites of which one may read the queue. What became of each comment is told by the job.',
      answers: { 200: answers('JobGroup', 'The jobs as they are now.') },
    },
    [`POST ${GROUPS}/{group}/stop`]: {
      id: 'stopJobGroup',
      summary: 'Stop an act over several sites',
      description: 'Each job after the batch in hand, on the sites on which one may decide.',
      answers: { 200: answers('JobGroup', 'The jobs as they are now.') },
    },
    [`POST ${GROUPS}/{group}/undo`]: {
      id: 'undoJobGroup',
      summary: 'Undo what an act over several sites moved',
      description: 'By a group of its own: a job for each that moved something, as `undoJob` does for one.',
      answers: { 202: answers('JobGroup', 'The new jobs.', ['Location']) },
      problems: ['job-not-finished', 'nothing-to-undo', 'too-many-jobs'],
    },
  },
};
