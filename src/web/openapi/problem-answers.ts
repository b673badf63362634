import { groupBy } from '../../platform/group-by.js';
import { PROBLEMS, type ProblemCode } from '../../platform/problem/problem-catalogue.js';
import { Problem, problemBody } from '../../platform/problem/problem.js';
import { refHeaders, type HeaderName, type Reference } from './answer-headers.js';
import { ref, type Schema } from './schema.js';

const PROBLEM_TYPE = 'application/problem+json';

const HEADERS: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
  503: ['Retry-After'],
};

const EXAMPLE_ID = '019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77';
const EXAMPLE_FAULT = {
  pointer: '/author/email',
  rule: 'email-format',
  detail: 'There is no @ in the address; write it as name@example.org.',
};

/** The answers of an operation that can fail in these ways: by status, the name of the component that describes it. */
export function problemAnswers(codes: readonly ProblemCode[], isPageToo = false): Record<string, Reference> {
  return Object.fromEntries(
    byStatus(codes).map(([status, same]) => [
      String(status),
      { $ref: `#/components/responses/${nameOf(status, same, isPageToo)}` },
    ]),
  );
}

/** The components that `problemAnswers` of the same codes speaks of, without those that are known by their name. */
export function problemComponents(
  codes: readonly ProblemCode[],
  isPageToo = false,
  known: readonly string[] = [],
): Record<string, Schema> {
  return Object.fromEntries(
    byStatus(codes)
      .filter(([status, same]) => !known.includes(nameOf(status, same, isPageToo)))
      .map(([status, same]) => [nameOf(status, same, isPageToo), describe(status, same, isPageToo)]),
  );
}

function byStatus(codes: readonly ProblemCode[]): [number, ProblemCode[]][] {
  return [...groupBy([...codes].sort(), (code) => PROBLEMS[code].status)].sort(([one], [other]) => one - other);
}

function nameOf(status: number, codes: readonly ProblemCode[], isPageToo: boolean): string {
  return `${status}-${codes.join('-or-')}${isPageToo ? '-or-page' : ''}`;
}

function describe(status: number, codes: readonly ProblemCode[], isPageToo: boolean): Schema {
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join('\n\n'),
    headers: refHeaders(HEADERS[status] ?? []),
    content: {
      [PROBLEM_TYPE]: {
        schema: {
          allOf: [
            ref('Problem'),
            {
              type: 'object',
              properties: { status: { type: 'integer', const: status }, code: { type: 'string', enum: codes } },
            },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
      ...(isPageToo && { 'text/html': { schema: { type: 'string' } } }),
    },
  };
}

function exampleOf(code: ProblemCode): Record<string, unknown> {
  const problem = new Problem(code, code === 'invalid-body' ? { errors: [EXAMPLE_FAULT] } : {});
  return problemBody(problem, '/v1/sites/blog', EXAMPLE_ID);
}
