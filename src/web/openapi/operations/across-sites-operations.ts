import { answers, type OperationGroup } from '../operation.js';
import { FACETS_STATUS, LAST_EVENT_ID, PAGE, QUEUE_FILTERS, SOME_SITES } from '../parameters.js';
import { ref } from '../schema.js';

const MODERATION = '/v1/moderation';
const EXAMPLE =
  'id: 019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77/2\nevent: entered\n' +
  'data: {"site":"blog","id":"019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77","from":"received",…}\n\n';

export const acrossSitesOperations: OperationGroup = {
  tag: 'Moderators of many sites',
  description: 'The same over all sites of which one may read the queue, as one; for an operator, over all there are.',
  operations: {
    [`GET ${MODERATION}/comments`]: {
      id: 'listQueueAcrossSites',
      summary: 'List the queues of many sites as one',
      description:
        'A search, a reason or a language looks into each site; over too many sites that is refused, see `site`.',
      parameters: [SOME_SITES, ...QUEUE_FILTERS],
      answers: { 200: answers('PageAcrossSites', 'One page of it.') },
      problems: ['site-not-found', 'search-too-wide'],
    },
    [`GET ${MODERATION}/comments/{id}`]: {
      id: 'readCommentOfAnySite',
      summary: 'Read one comment with its site and its history',
      answers: { 200: answers('DetailOfSite', 'The comment, its site, and every move it made.') },
      problems: ['comment-not-found'],
    },
    [`GET ${MODERATION}/summary`]: {
      id: 'summariseQueueAcrossSites',
      summary: 'See how the queues stand together',
      parameters: [SOME_SITES],
      answers: { 200: answers('SummaryAcrossSites', 'The sums, and the fullest queues.') },
      problems: ['site-not-found'],
    },
    [`GET ${MODERATION}/facets`]: {
      id: 'listFacetsAcrossSites',
      summary: 'See what the lists of many sites can be narrowed by',
      description:
        'Counted among the newest 2,000 comments of the status, of the hundred sites with the newest of them; at most ' +
        '30 of each kind.',
      parameters: [SOME_SITES, FACETS_STATUS],
      answers: { 200: answers('FacetsAcrossSites', 'The most frequent of each kind first.') },
      problems: ['site-not-found'],
    },
    [`GET ${MODERATION}/events`]: {
      id: 'followQueueAcrossSites',
      summary: 'Follow the queues of many sites',
      description:
        'Server-sent events: `entered`, `left` and `changed` carry a `QueueChangeOfSite`, `claimed` a `ClaimChangeOfSite`. Nothing is replayed: who ' +
        'comes back with `Last-Event-ID` gets `reset`, and loads the list again. The stream ends after ten minutes.',
      parameters: [SOME_SITES, { ...LAST_EVENT_ID, description: 'Id of the last event one has: `reset` comes first.' }],
      answers: {
        200: {
          description: 'A stream that stays open.',
          content: {
            'text/event-stream': {
              schema: { type: 'string' },
              'x-event-data': { anyOf: [ref('QueueChangeOfSite'), ref('ClaimChangeOfSite')] },
              example: EXAMPLE,
            },
          },
          headers: ['Cache-Control'],
        },
      },
      problems: ['site-not-found'],
    },
    [`GET ${MODERATION}/campaigns`]: {
      id: 'listCampaignsAcrossSites',
      summary: 'List near-identical comments that wait on many sites as groups',
      description:
        'The fullest first. It looks at the 500 sites with the longest queues, on each at its fullest campaigns (50 and ' +
        'more, 5,000 together), so a text that waits once on each of many sites is found, too. The list is of this ' +
        'moment: a group that grows or shrinks while one pages may come twice or not at all.',
      parameters: [SOME_SITES, ...PAGE],
      answers: { 200: answers('CampaignsAcrossSitesPage', 'One page of it.') },
      problems: ['site-not-found'],
    },
    [`POST ${MODERATION}/campaigns/decisions`]: {
      id: 'decideCampaignsAcrossSites',
      summary: 'Decide on all comments of up to 100 campaigns of many sites',
      description:
        'On all to which the action applies, in whatever status, campaign by campaign. One of a site where the caller ' +
        'only reads is `forbidden`; one of a site they do not belong to is `site-not-found`. Large ones are decided for ' +
        'some seconds: send it again while `remaining` is not 0.',
      answers: { 200: answers('CampaignResults', 'What became of each, in the order asked.') },
    },
    [`POST ${MODERATION}/decisions`]: {
      id: 'decideAcrossSites',
      summary: 'Decide on up to 500 comments of many sites at once',
      description:
        'Each is decided by itself. One of a site where the caller only reads is `forbidden`; one of a site they do ' +
        'not belong to is `comment-not-found`.',
      answers: { 200: answers('BulkResultsAcrossSites', 'What became of each, in the order asked.') },
    },
  },
};
