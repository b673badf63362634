// A proof of work as ALTCHA has it: which number makes this hash with this salt? The salt says for which form and until when.
import { hash, randomBytes, randomInt } from 'node:crypto';
import type { SiteId } from '../platform/ids.js';
import type { Secrets } from '../platform/signing/secrets.js';

const PURPOSE = 'proof-of-work';
const ALGORITHM = 'SHA-256';
/** Found after half of them on average: some 25,000 hashes, under a second on a telephone. */
const MAX_NUMBER = 50_000;
/** As long as somebody may take for a comment once a proof was asked for; nobody can store up proofs for later. */
export const PROOF_LIFE_MS = 10 * 60_000;
const LONGEST = 1_000;
/** It ends with `&`, so that no digit of the number can be taken for one of the salt. */
const SALT = /^[0-9a-f]{24}\?expires=(\d{1,12})&for=([0-9a-f]{32})&$/;

export interface Challenge {
  readonly algorithm: string;
  readonly salt: string;
  /** SHA-256 of the salt with the number behind it, in hexadecimal digits. */
  readonly challenge: string;
  readonly maxNumber: number;
  readonly signature: string;
}

export function makeChallenge(secrets: Secrets, site: SiteId, articleKey: string, at: Date): Challenge {
  const expires = Math.floor((at.getTime() + PROOF_LIFE_MS) / 1000);
  const salt = `${randomBytes(12).toString('hex')}?expires=${expires}&for=${place(site, articleKey)}&`;
  const challenge = hash('sha256', `${salt}${randomInt(MAX_NUMBER + 1)}`);
  return { algorithm: ALGORITHM, salt, challenge, maxNumber: MAX_NUMBER, signature: sign(secrets, challenge) };
}

/** The salt of a solved challenge that we made for this form and that is still young, or null. */
export function openProof(secrets: Secrets, proof: string, site: SiteId, articleKey: string, now: Date): string | null {
  const { algorithm, challenge, number, salt, signature } = parse(proof);
  if (algorithm !== ALGORITHM || typeof salt !== 'string' || typeof challenge !== 'string') return null;
  if (!Number.isInteger(number) || typeof signature !== 'string') return null;
  const [, expires, of] = SALT.exec(salt) ?? [];
  if (of !== place(site, articleKey) || Number(expires) * 1000 <= now.getTime()) return null;
  const isSolved = hash('sha256', `${salt}${String(number)}`) === challenge;
  return isSolved && secrets.verify(PURPOSE, challenge, Buffer.from(signature, 'hex')) ? salt : null;
}

function sign(secrets: Secrets, challenge: string): string {
  return secrets.sign(PURPOSE, challenge).toString('hex');
}

function parse(proof: string): Readonly<Record<string, unknown>> {
  if (proof.length > LONGEST) return {};
  try {
    const parsed: unknown = JSON.parse(Buffer.from(proof, 'base64').toString());
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function place(site: SiteId, articleKey: string): string {
  return hash('sha256', `${site} ${articleKey}`).slice(0, 32);
}
