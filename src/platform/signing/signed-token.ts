import type { Secrets } from './secrets.js';

/** `data` and its signature in one base64url word. */
export function sealToken(secrets: Secrets, purpose: string, data: Buffer): string {
  return Buffer.concat([secrets.sign(purpose, data), data]).toString('base64url');
}

/** The data of a token this service has made for this purpose, or null. */
export function openToken(secrets: Secrets, purpose: string, token: string): Buffer | null {
  const bytes = Buffer.from(token, 'base64url');
  // Node skips what is not base64url; comparing again refuses tokens that only look like one of ours.
  if (bytes.length <= 16 || bytes.toString('base64url') !== token) return null;
  const data = bytes.subarray(16);
  return secrets.verify(purpose, data, bytes.subarray(0, 16)) ? data : null;
}
