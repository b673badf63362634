import 'reflect-metadata';
import { PAGE_ROUTES } from '../page-routes.js';
import { compareWithRoutes, OPERATION_GROUPS } from './all-operations.js';

const described = OPERATION_GROUPS.flatMap(({ operations }) => Object.keys(operations));
const all = [...described, ...PAGE_ROUTES];

describe('routes and operations', () => {
  it('are equal when each has the other', () => {
    expect(compareWithRoutes(all)).toEqual([]);
  });

  it('differ by a route that nobody describes', () => {
    expect(compareWithRoutes([...all, 'GET /v1/tea'])).toEqual([
      'GET /v1/tea is a route and not described: add it to one of src/web/openapi/operations.',
    ]);
  });

  it('differ by an operation that has no route', () => {
    expect(compareWithRoutes(all.filter((route) => route !== 'GET /health/live'))).toEqual([
      'GET /health/live is described and no route: take it out of src/web/openapi/operations.',
    ]);
  });
});
