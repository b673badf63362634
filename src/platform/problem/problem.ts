import { PROBLEMS, type ProblemCode } from './problem-catalogue.js';

/** One wrong member of a body: where (JSON Pointer, RFC 6901), which rule, and a sentence for the person. */
export interface FieldFault {
  readonly pointer: string;
  readonly rule: string;
  readonly detail: string;
}

export interface ProblemExtras {
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the body (RFC 9457, 3.2). */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** An expected refusal. Thrown anywhere above `lib`, written out by the problem filter alone. */
export class Problem extends Error {
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    readonly extras: ProblemExtras = {},
  ) {
    super(code);
    this.status = PROBLEMS[code].status;
  }
}

/** The body of the answer, RFC 9457. */
export function problemBody(problem: Problem, instance: string, requestId: string): Record<string, unknown> {
  const { title, status, help } = PROBLEMS[problem.code];
  const { detail, errors, members } = problem.extras;
  return {
    type: `urn:winnow:problem:${problem.code}`,
    title,
    status,
    detail: detail ?? help,
    instance,
    code: problem.code,
    requestId,
    ...(errors && { errors }),
    ...members,
  };
}
