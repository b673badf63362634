import { COMMENT_STATUSES, DECISIONS } from '../../../comments/comment-status.js';
import {
  choice,
  count,
  flag,
  id,
  list,
  nullable,
  object,
  page,
  ref,
  text,
  time,
  webUrl,
  type Schema,
} from '../schema.js';
import { filterSchemas } from './filter-schemas.js';

const ACTIONS = ['submit', 'screening', 'edit', 'reply', ...DECISIONS];
/** Why one of many decisions was not carried out. */
export const RULINGS = ['comment-not-found', 'move-refused', 'nothing-to-undo', 'version-conflict'];

export const queueItem: Readonly<Record<string, Schema>> = {
  id: id('The comment.'),
  status: ref('CommentStatus'),
  version: count('Grows with every change. Send it with a decision to notice a colleague’s.', 2, { minimum: 1 }),
  body: text('The text as it was typed; empty once deleted.', 'I agree with the second paragraph.'),
  html: text('The text as safe HTML.', '<p>I agree with the second paragraph.</p>'),
  author: object({
    name: text('As it was typed; empty once deleted.', 'Ada Lovelace'),
    email: text('Never shown to readers; empty once deleted.', 'ada@analytical.org'),
    url: nullable(webUrl('The author’s page.', 'https://analytical.example/ada')),
    standing: nullable(choice(['trusted', 'banned'], 'What a rule for just this address says.', 'trusted')),
    verified: flag('Whether a person of the site wrote it at the desk. It has no address.', false),
  }),
  authorHistory: ref('AuthorHistory'),
  article: object({
    key: text('The site’s own key for the page.', '/2026/01/small-is-beautiful'),
    url: nullable(webUrl('Where the page is.', 'https://blog.example/2026/01/small-is-beautiful')),
    title: nullable(text('Its title.', 'Small is beautiful')),
  }),
  parentId: nullable(id('The comment it answers.')),
  language: nullable(text('As the page said it.', 'en')),
  reports: ref('Reports'),
  claim: { anyOf: [ref('Claim'), { type: 'null' }], description: 'Null while nobody looks at it.' },
  noteCount: count('Notes of moderators, on it and on its author.', 1),
  submittedAt: time('When it was sent.'),
  publishedAt: nullable(time('When readers could see it first.')),
  editedAt: nullable(time('When its text was changed last; null when it never was.')),
  campaign: { anyOf: [ref('CampaignLabel'), { type: 'null' }], description: 'Null while no other is near-identical.' },
  blind: flag(
    'Whether the verdict is withheld until somebody has decided, to see whether people agree with it.',
    false,
  ),
  verdict: { anyOf: [ref('Verdict'), { type: 'null' }], description: 'Null until it was screened, and while `blind`.' },
};

const label = choice(['ham', 'unsure', 'spam'], 'What the screening takes it for.', 'unsure');
const probability: Schema = {
  ...{ type: 'number', minimum: 0, maximum: 1 },
  ...{ description: 'Of being spam.', examples: [0.62] },
};
const score: Schema = {
  type: 'number',
  description:
    'Log-odds: where an ordinary comment begins, and the weights of all signals. The probability follows from it, unless a rule or blocked words of the owner lift that.',
  examples: [0.5],
};
const signals = list(ref('Signal'), 'Every reason, the heaviest first.');

export const queueChange: Readonly<Record<string, Schema>> = {
  id: id('The comment.'),
  from: text('Its status before.', 'received'),
  status: text('Its status now; `purged` when it is gone for good.', 'pending'),
  version: count('Its version now.', 2),
};

export const statusCounts = object(
  Object.fromEntries(COMMENT_STATUSES.map((status) => [status, count(`Comments that are ${status}.`, 0)])),
);
export const oldestWaitingAt = nullable(time('When the comment that waits longest was sent; null when nothing waits.'));
export const summary: Readonly<Record<string, Schema>> = {
  counts: statusCounts,
  oldestWaitingAt,
  oldestWaitingSeconds: nullable(count('The same as an age.', 240)),
  reported: count('Published comments that readers have reported, and at which nobody has looked since.', 0),
  decisionsToday: count('Decisions of people since midnight UTC.', 12),
};

export function bulkResults(rulings: readonly string[]): Schema {
  const done = object({ id: id('The comment.'), status: ref('CommentStatus'), version: count('Its version now.', 3) });
  const refused = object({ id: id('The comment.'), code: choice(rulings, 'Why nothing was done.') });
  return object({ results: list({ anyOf: [done, refused] }, 'In the order asked.') });
}

const facetCount = count('How many comments.', 12, { minimum: 1 });
export const facetReasons = list(
  object({ name: text('Name of a signal, for `reason`.', 'link-count'), count: facetCount }),
  'Of verdicts that are not withheld.',
);
export const facetLanguages = list(
  object({ tag: text('As pages said it, for `language`.', 'de'), count: facetCount }),
  'Of those that came with one.',
);
export const facetArticle: Readonly<Record<string, Schema>> = {
  key: text('The site’s own key for the page.', '/2026/01/small-is-beautiful'),
  title: nullable(text('Its title.', 'Small is beautiful')),
  count: facetCount,
};

export const eventList = list(ref('CommentEvent'), 'Oldest first.');
export const revisionList = list(ref('CommentRevision'), 'The texts it had before, the oldest first.');
export const noteLists = {
  notes: list(ref('Note'), 'On this comment, the oldest first.'),
  authorNotes: list(ref('Note'), 'On its author, the oldest first.'),
};

/** What a moderator sees. */
export const moderatorSchemas: Readonly<Record<string, Schema>> = {
  CommentStatus: choice(COMMENT_STATUSES, 'Where a comment is in its life.', 'pending'),
  Signal: object({
    name: text('Stable name of the reason; the queue can be filtered by it.', 'link-count'),
    weight: {
      type: 'number',
      description: 'Log-odds: positive speaks for spam, negative against.',
      examples: [1.5],
    },
    why: text('A sentence with the facts that were found.', 'It has 4 links.'),
    'terms?': list(
      { type: 'string', maxLength: 60, examples: ['casino'] },
      'The words it speaks of, as they stand in the text; at most twelve for all signals of a comment.',
    ),
  }),
  Verdict: object({
    ...{ label, probability, signals },
    score: nullable({
      ...score,
      description: `${String(score.description)} Null for a verdict of before it was kept.`,
    }),
  }),
  AuthorHistory: object(
    Object.fromEntries(
      ['published', 'approved', 'pending', 'spam', 'rejected'].map((status) => [
        status,
        count(`Others of this author that are ${status}.`, status === 'published' ? 3 : 0, { maximum: 100 }),
      ]),
    ),
    'What else this address wrote on the site; each count stops at 100.',
  ),
  CampaignLabel: object(
    {
      id: id('The campaign: near-identical comments of the site.'),
      size: count('How many they are, in whatever status but deleted.', 12, { minimum: 2 }),
    },
    'What a comment is near-identical to.',
  ),
  Reports: object(
    {
      count: count('How many networks; it stops at 100.', 2, { maximum: 100 }),
      reasons: list({ type: 'string', examples: ['It names a child.'] }, 'The first five that were given.'),
    },
    'What readers said against a published comment since somebody looked at it last.',
  ),
  QueueItem: object(queueItem, 'One comment as a moderator sees it.'),
  QueuePage: page(ref('QueueItem')),
  CommentEvent: object({
    from: { anyOf: [ref('CommentStatus'), { type: 'null' }], description: 'Null for the arrival.' },
    to: ref('CommentStatus'),
    action: choice(ACTIONS, 'What was done.', 'approve'),
    at: time('When.'),
    by: text('Name of the person or key, or what part of the service did it.', 'Grace'),
    'reason?': text('For the author when a person wrote it, else why the screening put it there.', 'Welcome.'),
    'note?': text('For colleagues only.', 'A regular since 2019.'),
  }),
  CommentRevision: object({
    body: text('The text as it was typed.', 'I agree with the first paragraph.'),
    replacedAt: time('When another took its place.'),
    replacedBy: text('Name of the person or key, or `author`.', 'author'),
  }),
  CommentDetail: object(
    { ...queueItem, events: eventList, revisions: revisionList, ...noteLists },
    'One comment with all that happened to it.',
  ),
  ContextComment: object(
    {
      id: id('The comment.'),
      parentId: nullable(id('The comment it answers.')),
      author: object({
        name: text('As it was typed; empty once deleted.', 'Ada Lovelace'),
        verified: flag('Whether a person of the site wrote it at the desk.', false),
      }),
      html: text('The text as safe HTML; empty once deleted.', '<p>I agree with the second paragraph.</p>'),
      status: ref('CommentStatus'),
      submittedAt: time('When it was sent.'),
    },
    'A comment around another.',
  ),
  ThreadContext: object(
    {
      ancestors: list(ref('ContextComment'), 'What it answers, from the root on; the nearest 20.'),
      replies: list(ref('ContextComment'), 'What answers it, the oldest first; the first 50.'),
      moreReplies: flag('Whether there are more replies than these.', false),
    },
    'What stands around a comment.',
  ),
  Summary: object(summary),
  Facets: object(
    {
      reasons: facetReasons,
      languages: facetLanguages,
      articles: list(object(facetArticle), 'Those with most of the comments.'),
    },
    'What a list can be narrowed by.',
  ),
  Preview: object({
    ...{ label, probability, score, signals },
    wouldGo: choice(['pending', 'spam', 'approved', 'published'], 'Where it would go by the site’s policy.'),
    reason: text('Why it would go there.', 'The signals are not clear; a person must look.'),
  }),
  ...filterSchemas,
  BulkResults: bulkResults(RULINGS),
  Campaign: object(
    {
      id: id('The campaign.'),
      size: count('Comments in it, in whatever status but deleted.', 500, { minimum: 2 }),
      pending: count('Those that wait for a person.', 480),
      firstAt: time('When its first comment was sent.'),
      lastAt: time('When its newest was sent.'),
      authors: count('Different addresses among the newest 200 of the status asked for.', 97, { maximum: 200 }),
      sample: ref('QueueItem', 'The newest of the status asked for.'),
    },
    'Near-identical comments as one.',
  ),
  CampaignPage: page(ref('Campaign')),
  CampaignOutcome: object({
    moved: count('Comments that were moved.', 480),
    unchanged: count('Comments on which the decision was in force already.', 20),
    refused: count('Comments from whose status the decision is not possible.', 0),
    remaining: count('Comments to which it applies and for which the time was too short: send it again.', 0),
  }),
  QueueChange: object(queueChange, 'The data of the events `entered`, `left` and `changed`.'),
};
