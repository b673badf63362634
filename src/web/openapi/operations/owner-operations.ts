import { answers, type OperationGroup } from '../operation.js';
import { ARTICLE_SEARCH, PAGE } from '../parameters.js';

const SITE = '/v1/sites/{site}';
const LAST_OWNER = 'Only an operator may take a site its last owner.';

export const ownerOperations: OperationGroup = {
  tag: 'Owners',
  description: 'Sites with their settings, their articles, their members, and the API keys of programs.',
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
      parameters: [ARTICLE_SEARCH, ...PAGE],
      answers: { 200: answers('ArticlesPage', 'One page of them.') },
    },
    [`PATCH ${SITE}/articles/{article}`]: {
      id: 'changeArticle',
      summary: 'Close or reopen an article, or change its title or address',
      answers: { 200: answers('Article', 'The article as it is now.') },
      problems: ['article-not-found'],
    },
    [`GET ${SITE}/members`]: {
      id: 'listMembers',
      summary: 'List the members of a site',
      parameters: PAGE,
      answers: { 200: answers('MembersPage', 'One page of them.') },
    },
    [`PATCH ${SITE}/members/{account}`]: {
      id: 'changeMember',
      summary: 'Give a member another role',
      description: LAST_OWNER,
      answers: { 200: answers('Member', 'The member as they are now.') },
      problems: ['member-not-found', 'last-owner'],
    },
    [`DELETE ${SITE}/members/{account}`]: {
      id: 'removeMember',
      summary: 'Remove a member from a site',
      description: `The account stays. ${LAST_OWNER}`,
      answers: { 204: { description: 'They are outside at once.' } },
      problems: ['member-not-found', 'last-owner'],
    },
    [`GET ${SITE}/invitations`]: {
      id: 'listInvitations',
      summary: 'List the open invitations to a site',
      parameters: PAGE,
      answers: { 200: answers('InvitationsPage', 'One page of them, without their links.') },
    },
    [`POST ${SITE}/invitations`]: {
      id: 'inviteMember',
      summary: 'Invite somebody to a site',
      description: 'Nothing is mailed. An earlier invitation of the same address opens nothing any more.',
      answers: { 201: answers('NewInvitation', 'The invitation, with its link.', ['Cache-Control']) },
      problems: ['already-member'],
    },
    [`DELETE ${SITE}/invitations/{invitation}`]: {
      id: 'withdrawInvitation',
      summary: 'Withdraw an invitation',
      answers: { 204: { description: 'Its link opens nothing any more.' } },
    },
    [`GET ${SITE}/audit`]: {
      id: 'listActs',
      summary: 'List what people and programs did on a site',
      description:
        'Beside deciding on single comments, whose history stands with each: settings, rules, members, keys, articles, ' +
        'authors, decisions on many at once, deleted notes. Newest first; kept for 400 days.',
      parameters: PAGE,
      answers: { 200: answers('ActsPage', 'One page of it.') },
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
