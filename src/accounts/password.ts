import { hash, verify, type Options } from '@node-rs/argon2';

/** argon2id. The package's enum is a `const enum`, which cannot be used from a module compiled on its own. */
const ARGON2ID = 2;
/** The parameters OWASP asks for at least: 19 MiB, two passes, one lane. */
const OPTIONS: Options = { algorithm: ARGON2ID, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), OPTIONS);
}

/** Takes as long for an account that does not exist (`stored` null) as for a wrong password: the time tells nothing. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody signs in with this');
  const matches = await verify(stored ?? (await decoy), password.normalize('NFC'));
  return stored !== null && matches;
}
