import { hash } from 'node:crypto';
import type { SiteId } from '../platform/ids.js';
import type { Secrets } from '../platform/signing/secrets.js';
import { openToken, sealToken } from '../platform/signing/signed-token.js';

const PURPOSE = 'form-token';
const ASKS_PROOF = Buffer.of(1);
/** A page left open for longer than this says nothing about how fast somebody wrote. */
const LIFE_MS = 24 * 3_600_000;
/** Two machines' clocks differ by this much without anybody's fault. */
const CLOCK_SKEW_MS = 5_000;

/** A form opened so lately may have been handed out before a flood was known. */
const SPARED_MS = 120_000;

/**
 * A signed time for one article's form: when it was handed out, readable by nobody but us.
 * @param asksProof whether the form came with a challenge
 */
export function makeFormToken(secrets: Secrets, site: SiteId, articleKey: string, at: Date, asksProof = false): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(at.getTime()));
  const parts = [time, place(site, articleKey), ...(asksProof ? [ASKS_PROOF] : [])];
  return sealToken(secrets, PURPOSE, Buffer.concat(parts));
}

/** Whole seconds since the form was handed out; null when the token is not one of this form's, or too old. */
export function secondsSinceForm(
  secrets: Secrets,
  token: string,
  site: SiteId,
  articleKey: string,
  now: Date,
): number | null {
  const form = readForm(secrets, token, site, articleKey, now);
  return form && Math.max(0, Math.floor(form.ageMs / 1000));
}

/** Whether the form was handed out just now, and without a challenge. */
export function asksNoProof(secrets: Secrets, token: string, site: SiteId, articleKey: string, now: Date): boolean {
  const form = readForm(secrets, token, site, articleKey, now);
  return form !== null && !form.asksProof && form.ageMs <= SPARED_MS;
}

function readForm(
  secrets: Secrets,
  token: string,
  site: SiteId,
  articleKey: string,
  now: Date,
): { readonly ageMs: number; readonly asksProof: boolean } | null {
  const data = openToken(secrets, PURPOSE, token);
  if (!data?.subarray(8, 24).equals(place(site, articleKey))) return null;
  const ageMs = now.getTime() - Number(data.readBigUInt64BE(0));
  return ageMs < -CLOCK_SKEW_MS || ageMs > LIFE_MS ? null : { ageMs, asksProof: data.length > 24 };
}

function place(site: SiteId, articleKey: string): Buffer {
  return hash('sha256', `${site} ${articleKey}`, 'buffer').subarray(0, 16);
}
