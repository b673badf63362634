import { choice, count, id, list, object, page, ref, text, type Schema } from '../schema.js';
import { claimChange } from './together-schemas.js';
import {
  bulkResults,
  eventList,
  facetArticle,
  facetLanguages,
  facetReasons,
  noteLists,
  oldestWaitingAt,
  queueChange,
  queueItem,
  revisionList,
  RULINGS,
  statusCounts,
  summary,
} from './moderator-schemas.js';

const site = ref('SiteLabel');
const campaignNamed = { site: text('Key of the site.', 'blog'), campaign: id('The campaign.') };

/** What a moderator of many sites sees: the same, with the site. */
export const acrossSitesSchemas: Readonly<Record<string, Schema>> = {
  SiteLabel: object({ key: text('Key of the site.', 'blog'), name: text('Its name.', 'The Blog') }),
  ItemOfSite: object({ ...queueItem, site }, 'One comment as a moderator sees it, with its site.'),
  PageAcrossSites: page(ref('ItemOfSite')),
  DetailOfSite: object(
    { ...queueItem, events: eventList, revisions: revisionList, ...noteLists, site },
    'One comment with its site and all that happened to it.',
  ),
  SummaryAcrossSites: object({
    ...summary,
    sitesWaiting: count('Sites that have a comment waiting for a person.', 3),
    sites: list(
      object({ site, counts: statusCounts, oldestWaitingAt }),
      'Of those at most a hundred, the fullest queues first.',
    ),
  }),
  FacetsAcrossSites: object(
    {
      reasons: facetReasons,
      languages: facetLanguages,
      articles: list(
        object({ ...facetArticle, site: text('Key of its site.', 'blog') }),
        'Those with most of the comments.',
      ),
      sites: list(
        object({
          key: text('Key of the site, for `site`.', 'blog'),
          name: text('Its name.', 'The Blog'),
          count: count('How many comments.', 12, { minimum: 1 }),
        }),
        'Those with most of the comments.',
      ),
    },
    'What the lists of many sites can be narrowed by.',
  ),
  CampaignAcrossSites: object(
    {
      id: id('The group: its oldest campaign.'),
      size: count('Comments in it, in whatever status but deleted, on all these sites.', 120, { minimum: 2 }),
      pending: count('Those that wait for a person.', 96, { minimum: 1 }),
      sites: list(
        object({
          key: text('Key of the site.', 'blog'),
          name: text('Its name.', 'The Blog'),
          campaign: id('The campaign there.'),
          size: count('Its comments.', 12),
          pending: count('Those that wait.', 9),
        }),
        'The fullest first, at most a hundred. A site whose copies differ more comes more than once.',
      ),
      sample: ref('ItemOfSite', 'The first of those that wait.'),
    },
    'Near-identical comments of many sites as one.',
  ),
  CampaignsAcrossSitesPage: page(ref('CampaignAcrossSites')),
  CampaignResults: object({
    results: list(
      {
        anyOf: [
          object({
            ...campaignNamed,
            moved: count('Comments that were moved.', 9),
            inForce: count('Comments on which the decision was in force already.', 3),
            refused: count('Comments from whose status the decision is not possible.', 0),
            remaining: count('Comments to which it applies and for which the time was too short: send it again.', 0),
          }),
          object({
            ...campaignNamed,
            code: choice(['campaign-not-found', 'forbidden', 'site-not-found'], 'Why nothing was done.'),
          }),
        ],
      },
      'In the order asked.',
    ),
  }),
  BulkResultsAcrossSites: bulkResults([...RULINGS, 'forbidden']),
  ClaimChangeOfSite: object(
    { site: text('Key of the site.', 'blog'), ...claimChange },
    'The data of the event `claimed` across sites.',
  ),
  QueueChangeOfSite: object(
    { site: text('Key of the site.', 'blog'), ...queueChange },
    'The data of the events `entered`, `left` and `changed` across sites.',
  ),
};
