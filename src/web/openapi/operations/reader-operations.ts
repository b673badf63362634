import { SubmitCommentDto } from '../../../intake/submit-comment.dto.js';
import { answers, type Answer, type Operation, type OperationGroup } from '../operation.js';
import { ASKED_ARTICLES, IDEMPOTENCY_KEY, IF_NONE_MATCH, ORIGIN, PAGE, SORTED_PAGE } from '../parameters.js';
import { ref, type Schema } from '../schema.js';
import { submissionForm } from '../submission-form.js';
import { receiptOperations } from './receipt-operations.js';
import { reportOperations } from './report-operations.js';

const SITE = '/v1/sites/{site}';
const ARTICLE = `${SITE}/articles/{article}`;
const COMMENTS = `${ARTICLE}/comments`;

const CACHED = ['ETag', 'Cache-Control', 'Access-Control-Allow-Origin'] as const;
const UNCHANGED: Answer = { description: 'Nothing has changed since that `ETag`.', headers: CACHED };
const cached = (answer: Answer): Operation['answers'] => ({ 200: { ...answer, headers: CACHED }, 304: UNCHANGED });

const FEEDS: Readonly<Record<string, { type: string; what: string; schema: Schema }>> = {
  json: { type: 'application/feed+json', what: 'a JSON Feed 1.1', schema: ref('JsonFeed') },
  atom: { type: 'application/atom+xml', what: 'Atom (RFC 4287, threading by RFC 4685)', schema: { type: 'string' } },
  rss: { type: 'application/rss+xml', what: 'RSS 2.0', schema: { type: 'string' } },
  html: { type: 'text/html', what: 'a ready HTML fragment', schema: { type: 'string' } },
};

function feeds(
  folder: string,
  whose: 'Article' | 'Site',
  kinds: readonly (keyof typeof FEEDS)[],
): [string, Operation][] {
  return kinds.flatMap((kind) => {
    const feed = FEEDS[kind];
    if (!feed) return [];
    const { type, what, schema } = feed;
    const operation: Operation = {
      id: `read${whose}${kind.charAt(0).toUpperCase()}${kind.slice(1)}Feed`,
      summary: `${whose === 'Site' ? 'What is published on the site' : 'What is published under the article'}, as ${what}`,
      description: 'Newest first. It is made when something changes, and not when it is read.',
      parameters: [...PAGE, IF_NONE_MATCH],
      answers: cached({ description: `The feed, as ${what}.`, content: { [type]: { schema } } }),
    };
    return [[`GET ${folder}/feed.${kind}`, operation]];
  });
}

export const readerOperations: OperationGroup = {
  tag: 'Readers',
  description:
    'Submitting a comment, changing one’s own, and reading what is published. No credentials; every page may read.',
  operations: {
    [`POST ${COMMENTS}`]: {
      id: 'submitComment',
      summary: 'Submit a comment',
      description:
        'Answered once the comment is stored for good; screening follows. An article that is not known yet is made. ' +
        'A page must come from one of the site’s origins; a program without `Origin` may always post. Without an ' +
        '`Idempotency-Key` the same comment within 60 seconds counts as the same request. A form is answered by a ' +
        'redirect, so that it works without JavaScript, and refused by a page that holds what was typed; other fields ' +
        'of a form are ignored. An API key with ' +
        '`comments:write` is exempt from the limits.',
      parameters: [IDEMPOTENCY_KEY, ORIGIN],
      scope: 'comments:write',
      body: {
        dto: SubmitCommentDto,
        others: { 'application/x-www-form-urlencoded': { schema: submissionForm() } },
      },
      answers: {
        202: answers('Submission', 'Stored. Not published yet.', [
          ...(['Location', 'Cache-Control', 'Vary', 'RateLimit', 'RateLimit-Policy'] as const),
          'Access-Control-Allow-Origin of the page',
        ]),
        303: {
          description: 'A form was stored: go to `redirect`, with `#winnow-receipt=…`, or to the receipt’s page.',
          headers: ['Location', 'Cache-Control', 'Vary', 'RateLimit', 'RateLimit-Policy'],
        },
      },
      problems: [
        ...(['origin-not-registered', 'forbidden', 'article-closed', 'invalid-idempotency-key'] as const),
        ...(['idempotency-key-reused', 'idempotency-key-in-flight', 'too-many-requests'] as const),
      ],
      refusesByPage: true,
    },
    [`OPTIONS ${COMMENTS}`]: {
      id: 'askToSubmitComment',
      summary: 'Ask whether a page may submit (CORS preflight)',
      description: 'Browsers send it by themselves.',
      parameters: [ORIGIN],
      answers: {
        204: {
          description: 'It may.',
          headers: [
            ...(['Access-Control-Allow-Methods', 'Access-Control-Allow-Headers', 'Access-Control-Max-Age'] as const),
            ...(['Vary', 'Access-Control-Allow-Origin of the page'] as const),
          ],
        },
      },
      problems: ['origin-not-registered'],
    },
    [`GET ${ARTICLE}/form`]: {
      id: 'prepareForm',
      summary: 'Get a form token',
      description:
        'A signed time. A comment sent with it is known to have been written by hand, and not in no time. While the site ' +
        'is flooded, a proof of work is asked for beside it.',
      answers: { 200: answers('CommentForm', 'A fresh token.', ['Cache-Control', 'Access-Control-Allow-Origin']) },
    },
    ...receiptOperations,
    ...reportOperations,
    [`GET ${COMMENTS}`]: {
      id: 'readThread',
      summary: 'Read the published comments of an article',
      description: 'An article nobody has commented on is an empty thread, not an error; nothing is made by reading.',
      parameters: [...SORTED_PAGE, IF_NONE_MATCH],
      answers: cached(answers('Thread', 'The thread.')),
    },
    [`GET ${SITE}/counts`]: {
      id: 'countComments',
      summary: 'Count the published comments of up to 100 articles',
      parameters: [ASKED_ARTICLES, IF_NONE_MATCH],
      answers: cached(answers('Counts', 'How many are published, by key.')),
      problems: ['malformed-path'],
    },
    ...Object.fromEntries(feeds(ARTICLE, 'Article', ['json', 'atom', 'rss', 'html'])),
    ...Object.fromEntries(feeds(SITE, 'Site', ['json', 'atom', 'rss'])),
  },
};
