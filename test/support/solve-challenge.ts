import { createHash } from 'node:crypto';

/* What a form's script does with a challenge, by brute force. */

export interface Challenge {
  readonly algorithm: string;
  readonly salt: string;
  readonly challenge: string;
  readonly maxNumber: number;
  readonly signature: string;
}

export function solveChallenge({ algorithm, salt, challenge, maxNumber, signature }: Challenge): string {
  for (let number = 0; number <= maxNumber; number++) {
    if (
      createHash('sha256')
        .update(`${salt}${String(number)}`)
        .digest('hex') === challenge
    )
      return packProof({ algorithm, challenge, number, salt, signature });
  }
  throw new Error('No number up to the largest solves the challenge.');
}

export function packProof(proof: unknown): string {
  return Buffer.from(JSON.stringify(proof)).toString('base64');
}
