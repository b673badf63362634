import argon2 from 'argon2';

/** argon2id with the parameters OWASP asks for at least: 19 MiB, two passes, one lane. */
const OPTIONS = { type: argon2.argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

let decoy: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password.normalize('NFC'), OPTIONS);
}

/** Takes as long for an account that does not exist (`hash` null) as for a wrong password: the time tells nothing. */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody signs in with this');
  const matches = await argon2.verify(hash ?? (await decoy), password.normalize('NFC'));
  return hash !== null && matches;
}
