import { hash } from 'node:crypto';
import type { SiteId } from '../platform/ids.js';
import type { Secrets } from '../platform/signing/secrets.js';
import { openToken, sealToken } from '../platform/signing/signed-token.js';

const PURPOSE = 'form-token';
/** A page left open for longer than this says nothing about how fast somebody wrote. */
const LIFE_MS = 24 * 3_600_000;
/** Two machines' clocks differ by this much without anybody's fault. */
const CLOCK_SKEW_MS = 5_000;

/** A signed time for one article's form: when it was handed out, readable by nobody but us. */
export function makeFormToken(secrets: Secrets, site: SiteId, articleKey: string, at: Date): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(at.getTime()));
  return sealToken(secrets, PURPOSE, Buffer.concat([time, place(site, articleKey)]));
}

/** Whole seconds since the form was handed out; null when the token is not one of this form's, or too old. */
export function secondsSinceForm(
  secrets: Secrets,
  token: string,
  site: SiteId,
  articleKey: string,
  now: Date,
): number | null {
  const data = openToken(secrets, PURPOSE, token);
  if (data?.length !== 24 || !data.subarray(8).equals(place(site, articleKey))) return null;
  const age = now.getTime() - Number(data.readBigUInt64BE(0));
  return age < -CLOCK_SKEW_MS || age > LIFE_MS ? null : Math.max(0, Math.floor(age / 1000));
}

function place(site: SiteId, articleKey: string): Buffer {
  return hash('sha256', `${site} ${articleKey}`, 'buffer').subarray(0, 16);
}
