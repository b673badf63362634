import { Problem, type FieldFault } from '../platform/problem/problem.js';
import { SHORTEST_PASSWORD } from './password-rule.js';

let common: Promise<ReadonlySet<string>> | undefined;

/**
 * A guesser has ten tries in a quarter of an hour, and begins with what many people use.
 * @returns why a password among the 18,000 that are used most, in any case, is none; null for any other
 */
export async function popularPasswordFault(password: string, pointer: string): Promise<FieldFault | null> {
  common ??= readCommon();
  if (!(await common).has(password.normalize('NFC').toLowerCase())) return null;
  const detail = 'Many people use this password, so it is guessed first. Choose another; a few words are a good one.';
  return { pointer, rule: 'common', detail };
}

/** @throws Problem `invalid-body` */
export async function refusePopularPassword(password: string, pointer: string): Promise<void> {
  const fault = await popularPasswordFault(password, pointer);
  if (fault) throw new Problem('invalid-body', { errors: [fault] });
}

/** Unpacked when somebody first sets a password: it takes longer than all the rest of a start. */
async function readCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].filter((one) => one.length >= SHORTEST_PASSWORD));
}
