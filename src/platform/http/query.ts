import { isUuid } from '../ids.js';
import { Problem } from '../problem/problem.js';
import { cleanText, textFault } from './clean-text.js';

/** The query string as Fastify parses it: a repeated parameter is an array. */
export type RawQuery = Readonly<Record<string, string | string[] | undefined>>;

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 100;

/** One parameter, or undefined. @throws Problem `malformed-query` when it is repeated or holds what no text holds. */
export function readOne(query: RawQuery, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value)) throw malformed(name, 'is given more than once');
  if (textFault(value, name)) throw malformed(name, 'holds a character that cannot be looked for');
  return cleanText(value);
}

/** Every value of a parameter that may be repeated, each once. @throws Problem `malformed-query` */
export function readMany(query: RawQuery, name: string, most: number): string[] {
  const given = query[name];
  const values = [...new Set(Array.isArray(given) ? given : given === undefined ? [] : [given])];
  if (values.length > most) throw malformed(name, `is given more than ${most} times`);
  return values.flatMap((value) => readOne({ [name]: value }, name) ?? []);
}

export function readChoice<Choice extends string>(
  query: RawQuery,
  name: string,
  choices: readonly Choice[],
  standard: Choice,
): Choice {
  const value = readOne(query, name);
  if (value === undefined) return standard;
  const choice = choices.find((one) => one === value);
  if (!choice) throw malformed(name, `is one of ${choices.join(', ')}`);
  return choice;
}

export interface Range {
  readonly least: number;
  readonly most: number;
  /** Unless told. */
  readonly standard: number;
}

/** @throws Problem `malformed-query` */
export function readWhole(query: RawQuery, name: string, { least, most, standard }: Range): number {
  const value = readOne(query, name);
  if (value === undefined) return standard;
  const number = /^\d{1,4}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw malformed(name, `is a number from ${least} to ${most}`);
  return number;
}

/** An id, in lower case. @throws Problem `malformed-query` */
export function readId(query: RawQuery, name: string): string | undefined {
  const value = readOne(query, name);
  if (value !== undefined && !isUuid(value)) throw malformed(name, 'is no UUID');
  return value?.toLowerCase();
}

/** How many items a page has: 1 to 100, 50 unless told. */
export function readLimit(query: RawQuery): number {
  return readWhole(query, 'limit', { least: 1, most: LARGEST_LIMIT, standard: DEFAULT_LIMIT });
}

function malformed(name: string, what: string): Problem {
  return new Problem('malformed-query', { detail: `The parameter \`${name}\` ${what}.` });
}
