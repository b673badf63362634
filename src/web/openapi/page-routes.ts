/** Routes for people, or parts of pages: no program calls them, and the description leaves them out. */
export const PAGE_ROUTES: readonly string[] = ['GET /docs', 'GET /docs/style.css'];
