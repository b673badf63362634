import { COMMENT_STATUSES } from '../../comments/comment-status.js';
import { CAMPAIGN_STATUSES } from '../../moderation/campaign-list.js';
import { QUEUE_ORDERS } from '../../moderation/queue-order.js';
import type { ProblemCode } from '../../platform/problem/problem-catalogue.js';
import type { Parameter } from './operation.js';
import type { Schema } from './schema.js';

interface PathParameter {
  readonly description: string;
  readonly schema: Schema;
  /** What is answered when it names nothing. */
  readonly problem?: ProblemCode;
}

/** The names that stand in paths. A new name in a path takes its meaning here. */
export const PATH_PARAMETERS: Readonly<Record<string, PathParameter>> = {
  site: {
    description: 'Key of the site.',
    schema: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$', examples: ['blog'] },
    problem: 'site-not-found',
  },
  article: {
    description: 'The site’s own key for the page, percent-encoded; any Unicode text without control characters.',
    schema: { type: 'string', minLength: 1, maxLength: 512, examples: ['/2026/01/small-is-beautiful'] },
  },
  id: {
    description: 'Id of the comment.',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77'] },
  },
  campaign: {
    description: 'Id of the campaign.',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-8b31-7f02-a5c4-2d3e4f506172'] },
    problem: 'campaign-not-found',
  },
  key: {
    description: 'Id of the API key (not the key itself).',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-9a40-7e10-8c52-5d0f6a1b2c3d'] },
    problem: 'api-key-not-found',
  },
  account: {
    description: 'Id of the account.',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-1f60-7b2a-9c11-6e8d2f4a5b70'] },
  },
  invitation: {
    description: 'Id of the invitation (not what its link holds).',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-3d10-7c55-8a90-0b1c2d3e4f50'] },
    problem: 'invitation-not-found',
  },
  rule: {
    description: 'Id of the rule.',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-4b30-7a11-8c22-2d3e4f506172'] },
    problem: 'rule-not-found',
  },
  note: {
    description: 'Id of the note.',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-6c40-7e77-8bb2-3d4e5f607182'] },
    problem: 'note-not-found',
  },
  job: {
    description: 'Id of the job.',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-6a10-7b44-8d11-3e4f50617283'] },
    problem: 'job-not-found',
  },
  group: {
    description: 'Id of the jobs that were made together.',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-6a30-7d11-8e22-3e4f50617284'] },
    problem: 'job-not-found',
  },
  session: {
    description: 'Id of the session.',
    schema: { type: 'string', format: 'uuid', examples: ['019ab7c2-5e20-7d66-9ba1-1c2d3e4f5061'] },
    problem: 'session-not-found',
  },
  token: {
    description: 'The last part of the link, as it was given.',
    schema: { type: 'string', examples: ['q83vEjRWeJCrze8SNFZ4kAq83vEjRWeJCrze8SNFZ4k'] },
  },
  receipt: {
    description: 'The receipt as it was given.',
    schema: { type: 'string', examples: ['PzPq0nR2mFh4uJ0b1kqV3mYy7cK2mX9wQ1tZs5aL8dE'] },
    problem: 'receipt-not-found',
  },
};

const query = (name: string, description: string, schema: Schema): Parameter => {
  return { name, in: 'query', description, schema };
};

const limit = query('limit', 'Items on a page.', { type: 'integer', minimum: 1, maximum: 100, default: 50 });
const cursor = query('cursor', 'Where the page begins: `nextCursor` of the page before it, with the same filters.', {
  type: 'string',
  examples: ['q83vEjRWeJCrze8SNFZ4kA'],
});
const sort = query('sort', 'Which come first.', { type: 'string', enum: ['oldest', 'newest'], default: 'oldest' });

const QUEUE_SORT = query(
  'sort',
  'Which come first. `doubtful` is for pending ones alone: those of which the filter was least sure, then those without a verdict or with a withheld one.',
  { type: 'string', enum: QUEUE_ORDERS, default: 'oldest' },
);

/** Of every list. */
export const PAGE: readonly Parameter[] = [limit, cursor];
export const SORTED_PAGE: readonly Parameter[] = [sort, ...PAGE];

const SEARCH_WORDS =
  'What to look for in body, name and address, in any case: words, each of which must be there, and `"quoted phrases"`. ' +
  '`author:`, `email:` (a whole address means its author), `link:` (a host, or what lies under it) and `article:` (its ' +
  'key or title) look there alone, and take quotation marks too; `site:` (a key) is for lists across sites. A minus before ' +
  'any of them excludes. Whatever else is a word, as `12:30`. At most 20 words.';

/** What a moderator may ask of the queue, but for the article, which may stand in the path. */
export const QUEUE_FILTERS: readonly Parameter[] = [
  query('status', 'Which comments.', { type: 'string', enum: COMMENT_STATUSES, default: 'pending' }),
  query('q', SEARCH_WORDS, { type: 'string', maxLength: 200, examples: ['paragraph -author:ada link:example.com'] }),
  query('campaign', 'Id of a campaign: only its comments.', {
    type: 'string',
    format: 'uuid',
    examples: ['019ab7c2-8b31-7f02-a5c4-2d3e4f506172'],
  }),
  query('reported', '1: only what readers have reported, and nobody has looked at since.', {
    type: 'string',
    enum: ['0', '1'],
    default: '0',
  }),
  query('reason', 'Name of a signal that the verdict holds.', { type: 'string', examples: ['link-count'] }),
  query(
    'language',
    'A BCP 47 tag, in any case: only comments that came with it or a more special one; `de` finds `de-AT`.',
    {
      type: 'string',
      pattern: '^([A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,4})?$',
      examples: ['de'],
    },
  ),
  QUEUE_SORT,
  ...PAGE,
];

/** Of which comments the facets are. */
export const FACETS_STATUS = query('status', 'Of which comments.', {
  type: 'string',
  enum: COMMENT_STATUSES,
  default: 'pending',
});

export const CAMPAIGN_STATUS = query('status', 'Campaigns that have comments of this status, those with most first.', {
  type: 'string',
  enum: CAMPAIGN_STATUSES,
  default: 'pending',
});

export const ONE_ARTICLE = query('article', 'Key of an article: only its comments.', {
  type: 'string',
  examples: ['/2026/01/small-is-beautiful'],
});

export const ARTICLE_SEARCH = query('q', 'Text anywhere in key or title.', {
  type: 'string',
  maxLength: 200,
  examples: ['beautiful'],
});

export const WEEKS = query('weeks', 'How many weeks, with the one that is not over yet.', {
  type: 'integer',
  minimum: 1,
  maximum: 104,
  default: 12,
});

/** On the routes across sites. */
export const SOME_SITES = query(
  'site',
  'Key of a site, once for each: only these. All on which one moderates, if none.',
  {
    type: 'array',
    items: { type: 'string' },
    maxItems: 100,
    examples: [['blog', 'shop']],
  },
);

export const ASKED_ARTICLES: Parameter = {
  ...query('article', 'Key of an article; given once for each: `article=a&article=b`.', {
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 512 },
    minItems: 1,
    maxItems: 100,
    examples: [['/2026/01/small-is-beautiful', '/about']],
  }),
  required: true,
};

const header = (name: string, description: string, schema: Schema): Parameter => {
  return { name, in: 'header', description, schema };
};

export const IF_NONE_MATCH = header('If-None-Match', 'The `ETag` one has: 304 while nothing has changed.', {
  type: 'string',
  examples: ['"q83vEjRWeJCrze8SNFZ4kA"'],
});

export const IDEMPOTENCY_KEY = header(
  'Idempotency-Key',
  'Makes it safe to send again: for 24 hours the same key with the same body gives the same answer. Quoted or bare.',
  { type: 'string', minLength: 1, pattern: '^[\\x20-\\x7e]+$', examples: ['8e03978e-40d5-43dd-bc93-6894a57f9324'] },
);

export const LAST_EVENT_ID = header('Last-Event-ID', 'Id of the last event one has: what was missed comes first.', {
  type: 'string',
  examples: ['41'],
});

export const ORIGIN = header('Origin', 'Set by browsers. One of the site’s origins, or the service itself.', {
  type: 'string',
  examples: ['https://blog.example'],
});
