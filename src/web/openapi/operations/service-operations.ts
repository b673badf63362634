import { answers, JSON_TYPE, type OperationGroup } from '../operation.js';
import { IF_NONE_MATCH } from '../parameters.js';

const NOT_KEPT = ['Cache-Control'] as const;

export const serviceOperations: OperationGroup = {
  tag: 'Service',
  description: 'How the service is, and what it is.',
  operations: {
    'GET /health/live': {
      id: 'isAlive',
      summary: 'Whether the process lives',
      description: '503 only when nothing but a restart helps.',
      answers: { 200: answers('Liveness', 'It does.', NOT_KEPT) },
    },
    'GET /health/ready': {
      id: 'isReady',
      summary: 'Whether it can take a comment',
      description:
        '503 while it stops, while the database does not answer, or while that lacks migrations. The queue may be ' +
        'away: comments are kept for it.',
      answers: { 200: answers('Readiness', 'It can.', NOT_KEPT) },
    },
    'GET /metrics': {
      id: 'readMetrics',
      summary: 'Metrics for Prometheus',
      description: 'Where `METRICS_TOKEN` is set it must come along as a bearer token.',
      answers: {
        200: {
          description: 'The text format of Prometheus.',
          content: { 'text/plain': { schema: { type: 'string' } } },
          headers: NOT_KEPT,
        },
      },
      problems: ['not-signed-in'],
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
