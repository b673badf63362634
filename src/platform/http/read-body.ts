import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { Problem, type FieldFault } from '../problem/problem.js';
import { cleanUntrusted, escapePointer } from './clean-text.js';
import { readQuickly } from './quick-body.js';

/** A person mends the first of them first; a program that sends thousands reads none. */
const MOST_FAULTS = 50;

export interface BodyRules {
  /** Forms carry fields that are none of ours (a submit button's name); JSON must not. */
  readonly ignoreUnknown?: boolean;
}

/**
 * A parsed body as a checked instance of its DTO class.
 * @throws Problem `invalid-body` (422) with every fault and its JSON Pointer; `malformed-body` (400) without a body.
 */
export function readBody<T extends object>(dto: ClassConstructor<T>, raw: unknown, rules: BodyRules = {}): T {
  if (raw === undefined) throw new Problem('malformed-body', { detail: 'The body is empty; send JSON.' });
  const faults: FieldFault[] = [];
  const clean = cleanUntrusted(raw, faults);
  if (faults.length > 0) throw invalid(faults);
  if (typeof clean !== 'object' || clean === null || Array.isArray(clean)) {
    throw new Problem('invalid-body', { errors: [{ pointer: '', rule: 'object', detail: 'Send a JSON object.' }] });
  }
  const quick = readQuickly(dto, clean);
  if (quick) return quick;
  const instance = plainToInstance(dto, clean);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: !rules.ignoreUnknown });
  if (errors.length > 0) throw invalid(errors.slice(0, MOST_FAULTS).flatMap((error) => describe(error, '')));
  return instance;
}

function invalid(faults: readonly FieldFault[]): Problem {
  return new Problem('invalid-body', { errors: faults.slice(0, MOST_FAULTS) });
}

function describe(error: ValidationError, parent: string): FieldFault[] {
  const pointer = `${parent}/${escapePointer(error.property)}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) =>
    rule === 'whitelistValidation'
      ? { pointer, rule: 'unknown-member', detail: `Leave this member out; known here: ${membersBeside(error)}.` }
      : { pointer, rule, detail },
  );
  return [...own, ...(error.children ?? []).flatMap((child) => describe(child, pointer))];
}

/** The names that stand in the description of the API; a wrong one is mostly a slip in one of them. */
function membersBeside({ target }: ValidationError): string {
  const { constructor } = Object.getPrototypeOf(target) as object;
  const rules = getMetadataStorage().getTargetValidationMetadatas(constructor, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))].join(', ');
}
