import { createHash } from 'node:crypto';

/** A strong validator (RFC 9110, 8.8.3): 132 bits of the SHA-256 of the bytes, so equal bytes have equal tags everywhere. */
export function entityTag(bytes: Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
}

/** Whether `If-None-Match` names the tag: alone, in a list, as `W/` (a proxy that compresses weakens it) or by `*`. */
export function matchesEntityTag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.match(/"[^"]*"/g)?.includes(etag) ?? false;
}
