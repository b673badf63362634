// What the description says of the service as a whole.
import { sessionCookie } from '../../accounts/session-cookie.js';
import type { Schema } from './schema.js';

export const TITLE = 'Winnow';

/** CommonMark, but no more of it than paragraphs and code: the page renders just that. */
export const ABOUT = [
  'Winnow takes comments in, screens them, shows the rest to a moderator and gives the approved ones back.',
  'JSON in and out, in UTF-8; times are ISO 8601 in UTC; ids are UUIDs. A JSON body with an unknown member is refused. ' +
    'A request is at most 256 KiB, uncompressed.',
  'Text: NUL and lone surrogates are refused; other control characters but tab and newline are removed, and the rest ' +
    'is put in normal form C. Lengths are code points after that.',
  'Every error is `application/problem+json` (RFC 9457). Compare its `code`. What is not described here is ' +
    '`not-found` (404); a known path with another method is `method-not-allowed` (405) with `Allow`; what is no HTTP ' +
    'is `malformed-request` (400, or 431 for headers that are too large). A browser gets `not-found` as a page.',
  'Lists are read with `limit` and `cursor`; the answer has `nextCursor`, null at the end and only there: a search ' +
    'of a very long queue may end a page early, even empty, and goes on at its cursor. Unknown query parameters are ' +
    'ignored. Every `GET` also answers `HEAD`.',
  'With a session cookie a changing request must come from a page of the service itself. A wrong API key is 401 even ' +
    'where none is needed.',
].join('\n\n');

/** How one says who one is. Over https the cookie has a name that a neighbouring host cannot set. */
export function securitySchemes(publicUrl: string): Record<string, Schema> {
  return {
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookie(publicUrl).name,
      description: 'A person: the cookie that `POST /v1/session` sets. Beside it stands the role that is needed.',
    },
    apiKey: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'wnw_<12 hex digits>_<64 hex digits>',
      description: 'A program: an API key of one site. Beside it stands the scope that is needed.',
    },
  };
}
