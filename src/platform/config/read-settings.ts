import { validateSync, type ValidationError } from 'class-validator';
import { Settings } from './settings.js';

type Leaf = string | number | boolean;
type Group = Record<string, unknown>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown with every fault at once: an operator mends a file in one go, not one start at a time. */
export class SettingsFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/**
 * Settings from environment variables, checked and frozen.
 * @throws SettingsFault with one sentence for each variable that is wrong.
 */
export function readSettings(environment: Environment): Settings {
  const settings = new Settings();
  const faults = fill(settings as unknown as Group, [], environment);
  faults.push(...validateSync(settings).flatMap((error) => describe(error, [])));
  if (faults.length > 0) throw new SettingsFault(faults);
  return freeze(settings);
}

/** `['screening', 'concurrency']` is SCREENING_CONCURRENCY. */
export function variableName(path: readonly string[]): string {
  return path.map((part) => part.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()).join('_');
}

/** Every variable there is, with its default. */
export function listVariables(): { name: string; default: Leaf }[] {
  const list: { name: string; default: Leaf }[] = [];
  visit(new Settings() as unknown as Group, [], (_group, _key, path, value) => {
    list.push({ name: variableName(path), default: value });
  });
  return list;
}

function fill(root: Group, path: string[], environment: Environment): string[] {
  const faults: string[] = [];
  visit(root, path, (group, key, leafPath, standard) => {
    const name = variableName(leafPath);
    const given = environment[name];
    if (given === undefined || given === '') return;
    const value = convert(given.trim(), standard);
    if (value === null) faults.push(`${name} must be ${typeof standard === 'number' ? 'a number' : 'true or false'}.`);
    else group[key] = value;
  });
  return faults;
}

function visit(
  group: Group,
  path: string[],
  onLeaf: (group: Group, key: string, path: string[], value: Leaf) => void,
): void {
  for (const [key, value] of Object.entries(group)) {
    if (typeof value === 'object' && value !== null) visit(value as Group, [...path, key], onLeaf);
    else onLeaf(group, key, [...path, key], value as Leaf);
  }
}

function convert(given: string, standard: Leaf): Leaf | null {
  if (typeof standard === 'string') return given;
  if (typeof standard === 'number') return /^-?\d+$/.test(given) ? Number(given) : null;
  return given === 'true' ? true : given === 'false' ? false : null;
}

function describe(error: ValidationError, path: string[]): string[] {
  const here = [...path, error.property];
  const own = Object.values(error.constraints ?? {}).map(
    (message) => `${variableName(here)} ${message.replace(new RegExp(`^${error.property} `), '')}.`,
  );
  return [...own, ...(error.children ?? []).flatMap((child) => describe(child, here))];
}

function freeze<T extends object>(value: T): T {
  for (const member of Object.values(value))
    if (typeof member === 'object' && member !== null) freeze(member as object);
  return Object.freeze(value);
}
