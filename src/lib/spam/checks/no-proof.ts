import type { Check } from '../check.js';

/** Weightless: readers without JavaScript send none either. It holds by itself (ruling.ts), and never puts away. */
export function noProof(): Check {
  return ({ facts }) =>
    facts.lacksProof ? [{ name: 'no-proof', weight: 0, why: 'sent during a flood without the proof of work' }] : [];
}
