// What was just done, told on the page that the redirect leads to. It travels in the address, sealed for one person:
// nobody else's link can make their page say what did not happen. It holds no secret and no address of anybody.
import { openCursor, sealCursor } from '../../platform/signing/cursor.js';
import type { Secrets } from '../../platform/signing/secrets.js';

const SCOPE = 'desk-said';

export function withSaid(secrets: Secrets, accountId: string, path: string, words: string): string {
  const sealed = encodeURIComponent(sealCursor(secrets, [SCOPE, accountId], [words]));
  return `${path}${path.includes('?') ? '&' : '?'}said=${sealed}#said`;
}

/** Null for what was not sealed for this person. */
export function openSaid(secrets: Secrets, accountId: string, sealed: string | undefined): string | null {
  if (sealed === undefined) return null;
  try {
    return openCursor(secrets, [SCOPE, accountId], sealed)[0] ?? null;
  } catch {
    return null;
  }
}
