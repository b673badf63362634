import { count, list, object, page, ref, text, type Schema } from '../schema.js';
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
