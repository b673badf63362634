import { isPageRoute, PAGE_ROUTES } from './page-routes.js';

describe('pages', () => {
  it.each([
    ...PAGE_ROUTES,
    'GET /assets/page-0123456789ab.css',
    'GET /desk',
    'POST /desk/session',
    'GET /desk/sites/{site}',
  ])('%s is one', (route) => {
    expect(isPageRoute(route)).toBe(true);
  });

  it.each(['POST /docs', 'GET /desks', 'GET /assets/a/b', 'GET /v1/session', 'GET /openapi.json'])(
    '%s is none',
    (route) => {
      expect(isPageRoute(route)).toBe(false);
    },
  );
});
