import type { CommentId, SiteId } from '../platform/ids.js';
import type { Secrets } from '../platform/signing/secrets.js';
import { openToken, sealToken } from '../platform/signing/signed-token.js';

const PURPOSE = 'receipt';

/** By which a reader asks what became of their comment. Derived, never stored: a replay gives the same one. */
export function makeReceipt(secrets: Secrets, site: SiteId, comment: CommentId): string {
  return sealToken(secrets, PURPOSE, Buffer.from((site + comment).replaceAll('-', ''), 'hex'));
}

export function openReceipt(secrets: Secrets, receipt: string): { site: SiteId; comment: CommentId } | null {
  const data = openToken(secrets, PURPOSE, receipt);
  if (data?.length !== 32) return null;
  return { site: uuidOf(data.subarray(0, 16)) as SiteId, comment: uuidOf(data.subarray(16)) as CommentId };
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
