import { createHash, randomBytes } from 'node:crypto';

/*
 * The secret part of a one-time link: 256 random bits, shown once. Only its SHA-256 is stored; a secret that long needs
 * no slow hash.
 */

const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

export interface OneTimeToken {
  readonly token: string;
  readonly hash: Buffer;
}

export function makeToken(): OneTimeToken {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: hash(token) };
}

/** What a token that came with a link is stored as, or null when it cannot be one of ours. */
export function hashToken(token: string): Buffer | null {
  return TOKEN.test(token) ? hash(token) : null;
}

/** Of the text, not of the bytes: the last letter of base64url has two bits that no byte holds. */
function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
