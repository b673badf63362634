import { hash } from 'node:crypto';
import { packProof, solveChallenge } from '../../test/support/solve-challenge.js';
import { newId, type SiteId } from '../platform/ids.js';
import { Secrets } from '../platform/signing/secrets.js';
import { makeChallenge, openProof } from './proof.js';

const secrets = new Secrets(Buffer.from('a secret of at least sixteen bytes'));
const site = newId<SiteId>();
const made = new Date('2026-11-29T12:00:00.000Z');
const challenge = makeChallenge(secrets, site, '/post', made);
const proof = solveChallenge(challenge);
const open = (text: string, at = made): string | null => openProof(secrets, text, site, '/post', at);
const parts = JSON.parse(Buffer.from(proof, 'base64').toString()) as Record<string, unknown>;
const changed = (more: Record<string, unknown>): string => packProof({ ...parts, ...more });

describe('a proof of work', () => {
  it('is known by the salt of its challenge, no two of which are alike', () => {
    expect(open(proof)).toBe(challenge.salt);
    expect(makeChallenge(secrets, site, '/post', made).salt).not.toBe(challenge.salt);
  });

  it('takes a number that has to be looked for among 50,001', () => {
    expect(challenge).toMatchObject({ algorithm: 'SHA-256', maxNumber: 50_000 });
    expect(challenge.challenge).toMatch(/^[0-9a-f]{64}$/);
  });

  it('lives ten minutes', () => {
    expect(open(proof, new Date(made.getTime() + 599_000))).not.toBeNull();
    expect(open(proof, new Date(made.getTime() + 600_000))).toBeNull();
  });

  it('belongs to one article of one site', () => {
    expect(openProof(secrets, proof, site, '/other', made)).toBeNull();
    expect(openProof(secrets, proof, newId<SiteId>(), '/post', made)).toBeNull();
  });

  it('of another service is none', () => {
    const other = new Secrets(Buffer.from('another secret of sixteen bytes'));
    expect(open(solveChallenge(makeChallenge(other, site, '/post', made)))).toBeNull();
  });

  it('with a salt of the sender’s own is none', () => {
    const salt = challenge.salt.replace(/expires=\d+/, 'expires=99999999999');
    expect(open(changed({ salt, number: 1, challenge: hash('sha256', `${salt}1`) }))).toBeNull();
  });

  it('whose digits have moved into the salt is none', () => {
    const digits = String(parts.number);
    const moved = changed({ salt: `${challenge.salt}${digits.slice(0, 1)}`, number: Number(digits.slice(1) || 0) });
    expect(open(moved)).toBeNull();
  });

  it.each([
    ['another number', { number: Number(parts.number) + 1 }],
    ['a number in quotes', { number: String(parts.number) }],
    ['another algorithm', { algorithm: 'SHA-1' }],
    ['no signature', { signature: undefined }],
    ['half a signature', { signature: challenge.signature.slice(0, 16) }],
    ['no salt', { salt: null }],
  ])('with %s is none', (_, more) => {
    expect(open(changed(more))).toBeNull();
  });

  it.each(['', 'x', '{}', packProof(null), packProof([]), packProof('text'), proof.repeat(9)])('is not %j', (text) => {
    expect(open(text)).toBeNull();
  });
});
