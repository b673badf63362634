import { answers, JSON_TYPE, type Operation } from '../operation.js';
import { ORIGIN } from '../parameters.js';
import { ref } from '../schema.js';

const RECEIPT = '/v1/receipts/{receipt}';

const CHANGED = [
  ...(['Cache-Control', 'Vary', 'RateLimit', 'RateLimit-Policy'] as const),
  'Access-Control-Allow-Origin of the page',
] as const;

/** What the author of a comment may do, by the receipt alone. */
export const receiptOperations: Readonly<Record<string, Operation>> = {
  [`GET ${RECEIPT}`]: {
    id: 'readReceipt',
    summary: 'See what became of a comment',
    description: 'JSON, or a page for people where `Accept` prefers HTML.',
    answers: {
      200: {
        description: 'What its author may know.',
        content: { [JSON_TYPE]: { schema: ref('Receipt') }, 'text/html': { schema: { type: 'string' } } },
        headers: ['Cache-Control', 'Vary', 'Access-Control-Allow-Origin'],
      },
    },
    refusesByPage: true,
  },
  [`PATCH ${RECEIPT}`]: {
    id: 'editOwnComment',
    summary: 'Edit one’s own comment',
    description:
      'Until `editableUntil`, which the site’s `editMinutes` set. It is screened again, as if it had just come: what was ' +
      'published is out until that is done, and a moderator sees both texts. The same text again changes nothing. A page ' +
      'must come from one of the site’s origins. It counts like a submission; an API key with `comments:write` is exempt.',
    parameters: [ORIGIN],
    scope: 'comments:write',
    answers: { 200: answers('Receipt', 'It has the new text.', CHANGED) },
    problems: ['origin-not-registered', 'edit-too-late', 'move-refused', 'too-many-requests'],
  },
  [`DELETE ${RECEIPT}`]: {
    id: 'deleteOwnComment',
    summary: 'Delete one’s own comment',
    description:
      'At any time, whatever became of it. Text, name, address and IP are erased for good, and what it said before too; ' +
      'replies stay where they are. It counts like a submission.',
    parameters: [ORIGIN],
    scope: 'comments:write',
    answers: { 200: answers('Receipt', 'It is deleted; that reads as declined.', CHANGED) },
    problems: ['origin-not-registered', 'too-many-requests'],
  },
  [`OPTIONS ${RECEIPT}`]: {
    id: 'askToChangeOwnComment',
    summary: 'Ask whether a page may edit or delete (CORS preflight)',
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
