import { answers, type Operation } from '../operation.js';
import { ORIGIN } from '../parameters.js';

const REPORT = '/v1/sites/{site}/articles/{article}/comments/{id}/report';

/** What a reader may do about somebody else's comment. */
export const reportOperations: Readonly<Record<string, Operation>> = {
  [`POST ${REPORT}`]: {
    id: 'reportComment',
    summary: 'Report a published comment to the moderators',
    description:
      'One report of a network counts for a text; more are answered alike. The comment stays where it is until a ' +
      'moderator decides. A page must come from one of the site’s origins.',
    parameters: [ORIGIN],
    answers: {
      202: answers('Reported', 'The moderators see it.', [
        ...(['Cache-Control', 'Vary', 'RateLimit', 'RateLimit-Policy'] as const),
        'Access-Control-Allow-Origin of the page',
      ]),
    },
    problems: ['origin-not-registered', 'comment-not-found', 'too-many-requests'],
  },
  [`OPTIONS ${REPORT}`]: {
    id: 'askToReportComment',
    summary: 'Ask whether a page may report (CORS preflight)',
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
};
