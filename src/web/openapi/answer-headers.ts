import { REQUEST_ID, type Schema } from './schema.js';

interface AnswerHeader {
  readonly description: string;
  /** Whether every answer that lists it has it. */
  readonly required?: true;
  readonly schema: Schema;
}

const header = (description: string, example: string | number, schema: Schema = { type: 'string' }): AnswerHeader => {
  return { description, schema: { ...schema, examples: [example] } };
};
const always = (description: string, example: string | number, schema?: Schema): AnswerHeader => {
  return { ...header(description, example, schema), required: true };
};

/** The headers that mean something to a client. */
export const ANSWER_HEADERS = {
  'X-Request-Id': always(
    'Also in the log: tell it to the operator. A UUID, or what a trusted proxy has sent.',
    '019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77',
    REQUEST_ID,
  ),
  'Cache-Control': always('How long it may be kept.', 'public, max-age=5, stale-while-revalidate=30'),
  ETag: always('Send it back as `If-None-Match` and get 304 while nothing has changed.', '"q83vEjRWeJCrze8SNFZ4kA"'),
  Location: always('Where to look next.', 'https://comments.example/v1/receipts/PzPq0nR2mFh4'),
  'Retry-After': always('Seconds to wait.', 5, { type: 'integer', minimum: 1 }),
  RateLimit: header('What is left (draft-ietf-httpapi-ratelimit-headers).', '"address";r=19;t=60'),
  'RateLimit-Policy': header('How much there is in how many seconds.', '"address";q=20;w=60'),
  'Set-Cookie': always('The session: opaque, HttpOnly, SameSite=Lax; over https also Secure.', 'winnow=…; HttpOnly'),
  'WWW-Authenticate': always('How to sign in.', 'Bearer realm="winnow"'),
  'Access-Control-Allow-Origin': always('Every page may read it.', '*'),
  /** Only for a request that had an `Origin`; so it cannot be required. */
  'Access-Control-Allow-Origin of the page': header('The page that sent it.', 'https://blog.example'),
  'Access-Control-Allow-Methods': always('What the page may send.', 'GET, POST'),
  'Access-Control-Allow-Headers': always('Which headers it may send along.', 'content-type, idempotency-key'),
  'Access-Control-Max-Age': always('Seconds for which a browser need not ask again.', 7200, { type: 'integer' }),
  Vary: always('The answer depends on these headers.', 'Origin'),
} as const satisfies Record<string, AnswerHeader>;

export type HeaderName = keyof typeof ANSWER_HEADERS;

export interface Reference {
  readonly $ref: string;
}

/** For `headers` of an answer. */
export function refHeaders(names: readonly HeaderName[]): Record<string, Reference> {
  const all: readonly HeaderName[] = ['X-Request-Id', ...names];
  return Object.fromEntries(
    all.map((name): [string, Reference] => [
      name.replace(/ .*$/, ''),
      { $ref: `#/components/headers/${componentName(name)}` },
    ]),
  );
}

export function describeHeaders(): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(ANSWER_HEADERS).map(([name, described]) => [componentName(name), { ...described }]),
  );
}

function componentName(name: string): string {
  return name.replaceAll(' ', '-');
}
