import { list, object, ref, REQUEST_ID, text, type Schema } from '../schema.js';

/** RFC 9457 with the members the contract adds. */
export const problemSchemas: Readonly<Record<string, Schema>> = {
  FieldFault: object({
    pointer: text('JSON Pointer (RFC 6901) to the member; empty for the whole body.', '/author/email'),
    rule: text('Stable name of the rule that was broken.', 'email-format'),
    detail: text('A sentence for the person.', 'There is no @ in the address; write it as name@example.org.'),
  }),
  Problem: object({
    type: text('A URN made of the code.', 'urn:winnow:problem:not-found'),
    title: text('What is wrong, for people.', 'There is nothing here'),
    status: { type: 'integer', minimum: 400, maximum: 599, description: 'The HTTP status.', examples: [404] },
    detail: text('What to do next, for people.', 'Check the address.'),
    instance: text('The path that was asked for, without its query.', '/v1/nothing'),
    code: text('What programs compare: it never changes its meaning.', 'not-found'),
    requestId: text(
      'Also in `X-Request-Id` and in the log: tell it to the operator.',
      '019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77',
      REQUEST_ID,
    ),
    'errors?': list(ref('FieldFault'), 'Only where members of a body are wrong; at most 50.'),
    'checks?': {
      type: 'object',
      description: 'Only of `/health`: a word for each thing that was looked at.',
      additionalProperties: { type: 'string' },
      examples: [{ database: 'silent' }],
    },
  }),
};
