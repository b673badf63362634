import { curlExample } from './curl-example.js';
import type { DocumentedOperation } from './openapi-document.js';

const operation: DocumentedOperation = {
  operationId: 'pourTea',
  tags: ['Tea'],
  summary: 'Pour tea',
  parameters: [
    { name: 'cup', in: 'path', required: true, description: '', schema: { type: 'string', examples: ['/a b'] } },
    { name: 'kind', in: 'query', required: true, description: '', schema: { type: 'string', examples: ['green'] } },
    { name: 'size', in: 'query', description: '', schema: { type: 'integer' } },
  ],
  requestBody: { required: true, content: { 'application/json': { schema: {}, example: { who: "it's me" } } } },
  responses: {},
  security: [{ session: ['owner'] }, { apiKey: ['site:admin'] }],
  'x-access': '',
};

describe('an example with curl', () => {
  it('fills in path and needed query, takes a key, and quotes for the shell', () => {
    const shown = curlExample('POST', '/v1/cups/{cup}/tea', operation, 'http://localhost:3000', {});
    expect(shown.replaceAll(' \\\n  ', ' ')).toBe(
      `curl -X POST -H "Authorization: Bearer $WINNOW_KEY" -H 'Content-Type: application/json' ` +
        `-d '{"who":"it'\\''s me"}' 'http://localhost:3000/v1/cups/%2Fa%20b/tea?kind=green'`,
    );
  });

  it('takes the cookie where no key will do', () => {
    const shown = curlExample('GET', '/v1/tea', { ...operation, security: [{ session: [] }] }, '', {});
    expect(shown).toContain('-b winnow.cookies');
  });
});
