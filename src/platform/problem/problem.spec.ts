import { PROBLEMS, type ProblemCode } from './problem-catalogue.js';
import { Problem, problemBody } from './problem.js';

const codes = Object.keys(PROBLEMS) as ProblemCode[];

describe('problemBody', () => {
  it('has the members of RFC 9457 and ours', () => {
    const errors = [{ pointer: '/body', rule: 'length', detail: 'Write 1 to 10000 characters.' }];
    expect(problemBody(new Problem('invalid-body', { errors }), '/v1/sites', 'r-1')).toEqual({
      type: 'urn:winnow:problem:invalid-body',
      title: PROBLEMS['invalid-body'].title,
      status: 422,
      detail: PROBLEMS['invalid-body'].help,
      instance: '/v1/sites',
      code: 'invalid-body',
      requestId: 'r-1',
      errors,
    });
  });

  it('leaves `errors` out where there are none', () => {
    expect(problemBody(new Problem('not-found'), '/', 'r')).not.toHaveProperty('errors');
  });

  it('keeps an empty detail empty: an unknown fault tells nothing', () => {
    expect(problemBody(new Problem('internal', { detail: '' }), '/', 'r').detail).toBe('');
  });
});

describe('the catalogue', () => {
  it.each(codes)('has a status, a title and a help for %s', (code) => {
    const { status, title, help } = PROBLEMS[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).not.toMatch(/\.$/);
    expect(help).toMatch(/\.$/);
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(new Problem(code).status).toBe(status);
  });
});
