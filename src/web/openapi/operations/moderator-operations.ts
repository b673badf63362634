import { answers, type Operation, type OperationGroup } from '../operation.js';
import {
  CAMPAIGN_STATUS,
  FACETS_STATUS,
  IDEMPOTENCY_KEY,
  LAST_EVENT_ID,
  ONE_ARTICLE,
  PAGE,
  QUEUE_FILTERS,
  WEEKS,
} from '../parameters.js';
import { ref } from '../schema.js';

const SITE = '/v1/sites/{site}';
const MODERATION = `${SITE}/moderation`;
const COMMENT = `${SITE}/articles/{article}/comments/{id}`;

/** What each decision does, by its path. */
const DECISIONS: Readonly<Record<string, { summary: string; description: string }>> = {
  approve: {
    summary: 'Approve a comment',
    description: 'It is published when the site’s `publishOnApproval` is on, else approved.',
  },
  reject: { summary: 'Reject a comment', description: 'Its author reads that it was declined, with the reason.' },
  publish: { summary: 'Publish a comment', description: 'Readers see it, whatever `publishOnApproval` says.' },
  unpublish: { summary: 'Take a comment back', description: 'It stays approved; readers see it no more.' },
  spam: {
    summary: 'Put a comment away as spam',
    description: 'It is kept for 30 days, unless the operator chose otherwise.',
  },
  restore: { summary: 'Put a comment back into the queue', description: 'Out of spam, or of any other decision.' },
  undo: {
    summary: 'Undo the last decision on a comment',
    description: 'Back to the status before a person’s decision, if nothing came after it.',
  },
};

const RULES =
  ' In force already: nothing changes, and it is no error, even with an old version. Else an old `version` is 412, and ' +
  'a move that is not possible from its status is 409.';

function decision(id: string, { summary, description }: { summary: string; description: string }): Operation {
  return {
    id,
    summary,
    description: description + RULES,
    answers: { 200: answers('QueueItem', 'The comment as it is now.') },
    problems: ['comment-not-found', 'version-conflict', 'move-refused', ...(id === 'undoDecision' ? UNDO : [])],
  };
}

const UNDO = ['nothing-to-undo'] as const;

const decisions = Object.entries(DECISIONS).map(([action, words]): [string, Operation] => [
  `POST ${COMMENT}/${action}`,
  decision(action === 'undo' ? 'undoDecision' : `${action}Comment`, words),
]);

export const moderatorOperations: OperationGroup = {
  tag: 'Moderators',
  description: 'The queue of a site: what waits and why, decisions, and news of what changes.',
  operations: {
    [`GET ${MODERATION}/comments`]: {
      id: 'listQueue',
      summary: 'List the queue of a site',
      parameters: [ONE_ARTICLE, ...QUEUE_FILTERS],
      answers: { 200: answers('QueuePage', 'One page of it.') },
    },
    [`GET ${SITE}/articles/{article}/moderation/comments`]: {
      id: 'listArticleQueue',
      summary: 'List the queue of one article',
      parameters: QUEUE_FILTERS,
      answers: { 200: answers('QueuePage', 'One page of it; empty for an article nobody has commented on.') },
    },
    [`GET ${MODERATION}/comments/{id}`]: {
      id: 'readComment',
      summary: 'Read one comment with its history',
      answers: { 200: answers('CommentDetail', 'The comment, and every move it made.') },
      problems: ['comment-not-found'],
    },
    [`PATCH ${MODERATION}/comments/{id}`]: {
      id: 'editComment',
      summary: 'Edit the text of a comment',
      description:
        'Of one that is pending, approved or published. It stays where it is and is not screened again; the text it had ' +
        'is kept among its `revisions`. The same text again changes nothing.',
      answers: { 200: answers('QueueItem', 'The comment as it is now.') },
      problems: ['comment-not-found', 'version-conflict', 'move-refused'],
    },
    [`GET ${MODERATION}/facets`]: {
      id: 'listFacets',
      summary: 'See what the list can be narrowed by',
      description: 'Counted among the newest 2,000 comments of the status; at most 30 of each kind.',
      parameters: [FACETS_STATUS],
      answers: { 200: answers('Facets', 'The most frequent of each kind first.') },
    },
    [`GET ${MODERATION}/comments/{id}/thread`]: {
      id: 'readThreadContext',
      summary: 'See the conversation around a comment',
      description: 'In whatever status: the comments it answers, and those that answer it.',
      answers: { 200: answers('ThreadContext', 'What stands around it.') },
      problems: ['comment-not-found'],
    },
    [`POST ${MODERATION}/comments/{id}/replies`]: {
      id: 'replyToComment',
      summary: 'Reply as a person of the site',
      description:
        'Under a published comment, in the name of the account and without its address; published at once, also where the ' +
        'article is closed. It is not screened and teaches nothing. An API key cannot: it is no person. Without an ' +
        '`Idempotency-Key` the same reply within 60 seconds counts as the same request.',
      parameters: [IDEMPOTENCY_KEY],
      answers: { 201: answers('QueueItem', 'The reply.') },
      problems: [
        ...(['comment-not-found', 'comment-not-published', 'name-not-public'] as const),
        ...(['invalid-idempotency-key', 'idempotency-key-reused'] as const),
      ],
    },
    [`GET ${MODERATION}/summary`]: {
      id: 'summariseQueue',
      summary: 'See how the queue stands',
      answers: { 200: answers('Summary', 'Counts by status, the longest wait, decisions today.') },
    },
    [`POST ${MODERATION}/preview`]: {
      id: 'previewComment',
      summary: 'See what the filter would make of a text',
      description:
        'The same facts and the same checks as for a comment that comes now. Nothing is stored, counted or learned. ' +
        'At most 120 times a minute.',
      answers: { 200: answers('Preview', 'The verdict, and where the comment would go.') },
      problems: ['too-many-requests'],
    },
    [`GET ${SITE}/filter`]: {
      id: 'readFilterReport',
      summary: 'See how the filter did',
      description:
        'Week by week, the newest first: what it did, what people reversed, and how often it is wrong, estimated from ' +
        'the comments on which people decided without its answer (`settings.blindShare`). A verdict counts in the week ' +
        'in which it was given, whenever it is reversed.',
      parameters: [WEEKS],
      answers: { 200: answers('FilterReport', 'The weeks, and all of them together.') },
    },
    [`GET ${MODERATION}/events`]: {
      id: 'followQueue',
      summary: 'Follow what enters, leaves and changes in the queue',
      description:
        'Server-sent events: `entered`, `left` and `changed` carry a `QueueChange` as data, in the order in which it ' +
        'happened; `claimed` carries a `ClaimChange`, and no id: it is never replayed; `reset` says that something may have been missed: load the list again. The stream ends after ten ' +
        'minutes; a browser comes back by itself and gets what it missed by `Last-Event-ID`.',
      parameters: [LAST_EVENT_ID],
      answers: {
        200: {
          description: 'A stream that stays open.',
          content: {
            'text/event-stream': {
              schema: { type: 'string' },
              'x-event-data': { anyOf: [ref('QueueChange'), ref('ClaimChange')] },
              example:
                'id: 42\nevent: entered\ndata: {"id":"019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77","from":"received",…}\n\n',
            },
          },
          headers: ['Cache-Control'],
        },
      },
    },
    [`POST ${MODERATION}/decisions`]: {
      id: 'decideMany',
      summary: 'Decide on up to 500 comments at once',
      description: 'Each is decided by itself: one that cannot be is answered with its code, the others are done.',
      answers: { 200: answers('BulkResults', 'What became of each, in the order asked.') },
    },
    [`GET ${MODERATION}/campaigns`]: {
      id: 'listCampaigns',
      summary: 'List near-identical comments as groups',
      description:
        'A name, a number, a link or a few words may differ. Largest first. The list is of this moment: a group that ' +
        'grows or shrinks while one pages may come twice or not at all.',
      parameters: [CAMPAIGN_STATUS, ...PAGE],
      answers: { 200: answers('CampaignPage', 'One page of it.') },
    },
    [`POST ${MODERATION}/campaigns/{campaign}/decisions`]: {
      id: 'decideCampaign',
      summary: 'Decide on all comments of a campaign',
      description:
        'On all to which the action applies, in whatever status. Each can be undone by itself; `restore` takes all back ' +
        'into the queue. A large campaign is decided for some seconds: send it again while `remaining` is not 0.',
      answers: { 200: answers('CampaignOutcome', 'How many were moved, and how many not.') },
    },
    ...Object.fromEntries(decisions),
    [`DELETE ${COMMENT}`]: decision('deleteComment', {
      summary: 'Delete a comment',
      description: 'Text, name, address and IP are erased for good; replies stay where they are.',
    }),
  },
};
