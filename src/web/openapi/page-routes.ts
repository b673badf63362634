/** Routes for people and their browsers: no program calls them, and the description leaves them out. */
export const PAGE_ROUTES: readonly string[] = [
  'GET /',
  'GET /assets/{name}',
  'GET /demo',
  'POST /demo',
  'GET /docs',
  'GET /embed.js',
  'GET /embed/{part}',
  'GET /report/{site}/{article}/{id}',
  'POST /report/{site}/{article}/{id}',
  'POST /v1/receipts/{receipt}',
];

const PATTERNS = PAGE_ROUTES.map((route) => new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`));
/** Everything at the desk is a page or a form of one. */
const DESK = /^[A-Z]+ \/desk(\/|$)/;

/** @param route with the names of its path, or as it was asked for */
export function isPageRoute(route: string): boolean {
  return DESK.test(route) || PATTERNS.some((pattern) => pattern.test(route));
}
