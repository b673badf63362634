import { COMMENT_STATUSES, DECISIONS } from '../../../comments/comment-status.js';
import { FILTER_NAMES } from '../../../moderation/jobs/job-filter.js';
import { JOB_FAILURES, JOB_STATES } from '../../../moderation/jobs/moderation-job.entity.js';
import { choice, count, id, list, nullable, object, page, ref, text, time, type Schema } from '../schema.js';
import { RULINGS } from './moderator-schemas.js';

const filter = object(
  Object.fromEntries(
    FILTER_NAMES.map((name) =>
      name === 'status'
        ? [name, choice(COMMENT_STATUSES, 'Which comments.', 'pending')]
        : [`${name}?`, { type: 'string', description: `As \`${name}\` in the query of the queue.` }],
    ),
  ),
  'Which comments it is about.',
);

const counts = {
  done: count('Comments decided so far: the sum of the next three.', 4_000),
  moved: count('Comments that were moved.', 3_990),
  inForce: count('Comments on which the decision was in force already.', 7),
  refused: count('Comments on which it was not possible, or that others had decided meanwhile.', 3),
};

const job = {
  id: id('The job.'),
  action: choice(DECISIONS, 'What it does.', 'spam'),
  filter,
  reason: nullable(text('For the authors.', 'All alike.')),
  undoes: nullable(id('The job whose moves this one takes back.')),
  state: choice(JOB_STATES, 'How it stands.', 'running'),
  total: nullable(count('Comments it is about; null until all of them are found.', 10_000)),
  ...counts,
  at: time('When it was made.'),
  by: object({
    id: id('The account or API key.'),
    name: text('Name of the person or key.', 'Grace'),
  }),
  finishedAt: nullable(time('When it ended.')),
  failure: nullable(
    object(
      {
        code: choice(JOB_FAILURES, 'Which reason.'),
        detail: text('The reason in words.', 'Grace may no longer decide on this site, so the job ended there.'),
      },
      'Why it could not go on; null unless it has failed.',
    ),
  ),
};

export const jobSchemas: Readonly<Record<string, Schema>> = {
  Job: object(job, 'One act on many comments.'),
  JobsPage: page(ref('Job')),
  JobGroup: object(
    {
      id: id('The group.'),
      action: choice(DECISIONS, 'What it does.', 'spam'),
      state: choice(JOB_STATES, 'How it stands: under way, or else the worst of how its jobs ended.', 'running'),
      total: nullable(count('Comments it is about; null until all of them are found.', 214)),
      ...counts,
      jobs: list(object({ ...job, site: ref('SiteLabel') }), 'One for each site, and each campaign there.'),
    },
    'One act over several sites: a job on each. The counts are sums.',
  ),
  JobResultsPage: object({
    items: list({
      anyOf: [
        object({ id: id('The comment.'), status: ref('CommentStatus'), version: count('Its version after it.', 3) }),
        object({ id: id('The comment.'), code: choice(RULINGS, 'Why nothing was done.') }),
      ],
    }),
    nextCursor: ref('NextCursor'),
  }),
};
