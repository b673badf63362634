import type { Answer } from './test-client.js';

/** Fails unless the answer is a problem (RFC 9457) with every member the contract names, and says which request it was. */
export function expectProblem(answer: Answer<unknown>, status: number, code?: string): void {
  const { headers, text } = answer;
  expect({ status: answer.status, text }).toEqual({ status, text });
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json(;|$)/);
  const problem = answer.body as Record<string, unknown>;
  expect(problem).toMatchObject({
    type: expect.stringMatching(/^\S+$/) as string,
    title: expect.stringMatching(/\S/) as string,
    status,
    detail: expect.any(String) as string,
    instance: expect.stringMatching(/^\//) as string,
    code: code ?? (expect.stringMatching(/^[a-z-]+$/) as string),
    requestId: headers.get('x-request-id'),
  });
  expect(problem.requestId).toEqual(expect.stringMatching(/^\S+$/));
  if (status === 422 && problem.code === 'invalid-body') expect(pointersOf(answer)).not.toHaveLength(0);
}

/** The places a 422 names, sorted. */
export function pointersOf(answer: Answer<unknown>): string[] {
  const { errors } = answer.body as { errors?: { pointer: string; rule: string; detail: string }[] };
  for (const error of errors ?? []) {
    expect(error).toEqual({
      pointer: expect.any(String) as string,
      rule: expect.stringMatching(/\S/) as string,
      detail: expect.stringMatching(/\S/) as string,
    });
  }
  return [...new Set((errors ?? []).map(({ pointer }) => pointer))].sort();
}
