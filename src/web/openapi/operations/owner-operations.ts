import { answers, type OperationGroup } from '../operation.js';
import { PAGE } from '../parameters.js';

const SITE = '/v1/sites/{site}';

export const ownerOperations: OperationGroup = {
  tag: 'Owners',
  description: 'Sites with their settings, their articles, and the API keys of programs.',
  operations: {
    'GET /v1/sites': {
      id: 'listSites',
      summary: 'List sites',
      description: 'All of them for an operator, else those one is a member of; by key.',
      parameters: PAGE,
      answers: { 200: answers('SitesPage', 'One page of them.') },
    },
    'POST /v1/sites': {
      id: 'makeSite',
      summary: 'Make a site',
      answers: { 201: answers('Site', 'The new site.') },
      problems: ['site-key-taken'],
    },
    [`GET ${SITE}`]: {
      id: 'readSite',
      summary: 'Read a site and its settings',
      answers: { 200: answers('Site', 'The site.') },
    },
    [`PATCH ${SITE}`]: {
      id: 'changeSite',
      summary: 'Change a site',
      description: 'What is given replaces what was; what is left out stays.',
      answers: { 200: answers('Site', 'The site as it is now.') },
    },
    [`DELETE ${SITE}`]: {
      id: 'deleteSite',
      summary: 'Delete a site and everything in it',
      description: 'Comments, articles, members and keys: there is no way back.',
      answers: { 204: { description: 'It is gone.' } },
    },
    [`GET ${SITE}/articles`]: {
      id: 'listArticles',
      summary: 'List the articles of a site',
      description: 'Those that were ever commented on; by key.',
      parameters: PAGE,
      answers: { 200: answers('ArticlesPage', 'One page of them.') },
    },
    [`PATCH ${SITE}/articles/{article}`]: {
      id: 'changeArticle',
      summary: 'Close or reopen an article, or change its title or address',
      answers: { 200: answers('Article', 'The article as it is now.') },
      problems: ['article-not-found'],
    },
    [`GET ${SITE}/api-keys`]: {
      id: 'listApiKeys',
      summary: 'List the API keys of a site',
      answers: { 200: answers('ApiKeys', 'All of them, without the keys themselves.') },
    },
    [`POST ${SITE}/api-keys`]: {
      id: 'makeApiKey',
      summary: 'Make an API key',
      answers: { 201: answers('NewApiKey', 'The key. It is shown this once.') },
    },
    [`DELETE ${SITE}/api-keys/{key}`]: {
      id: 'revokeApiKey',
      summary: 'Revoke an API key',
      answers: { 204: { description: 'It opens nothing any more.' } },
    },
  },
};
