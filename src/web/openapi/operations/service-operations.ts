import { answers, JSON_TYPE, type OperationGroup } from '../operation.js';
import { IF_NONE_MATCH } from '../parameters.js';

const NOT_KEPT = ['Cache-Control'] as const;

export const serviceOperations: OperationGroup = {
  tag: 'Service',
  description: 'Signing in, and how the service is.',
  operations: {
    'POST /v1/session': {
      id: 'signIn',
      summary: 'Sign in',
      description:
        'Sets the session cookie. Ten wrong passwords for an account from one address close the door to it for a ' +
        'quarter of an hour.',
      answers: { 200: answers('Person', 'Who one is now.', ['Set-Cookie', 'Cache-Control']) },
      problems: ['wrong-credentials', 'cross-site-request', 'too-many-requests'],
    },
    'GET /v1/session': {
      id: 'whoAmI',
      summary: 'See who is signed in',
      answers: { 200: answers('Person', 'The account, and the sites it is a member of.') },
    },
    'DELETE /v1/session': {
      id: 'signOut',
      summary: 'Sign out',
      answers: { 204: { description: 'The session is over everywhere.', headers: ['Set-Cookie'] } },
    },
    'GET /health/live': {
      id: 'isAlive',
      summary: 'Whether the process answers',
      answers: { 200: answers('Liveness', 'It does.', NOT_KEPT) },
    },
    'GET /health/ready': {
      id: 'isReady',
      summary: 'Whether it can take a comment',
      description: '503 while the database does not answer. The queue may be away: comments are kept for it.',
      answers: { 200: answers('Readiness', 'It can.', NOT_KEPT) },
    },
    'GET /openapi.json': {
      id: 'readDescription',
      summary: 'This description',
      parameters: [IF_NONE_MATCH],
      answers: {
        200: {
          description: 'OpenAPI 3.1.',
          content: { [JSON_TYPE]: { schema: { type: 'object' } } },
          headers: ['ETag', 'Cache-Control', 'Access-Control-Allow-Origin'],
        },
        304: {
          description: 'Nothing has changed since that `ETag`.',
          headers: ['ETag', 'Cache-Control', 'Access-Control-Allow-Origin'],
        },
      },
    },
  },
};
