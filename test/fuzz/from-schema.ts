// Values that fit a schema of /openapi.json, and values that only nearly do.
import fc, { type Arbitrary } from 'fast-check';
import type { OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import type { Schema } from '../../src/web/openapi/schema.js';
import { resolve } from '../support/described.js';
import { hostileText } from './hostile-text.js';

/** By the name of a member or parameter: what exists, so that more than the check of its form is reached. */
export type Known = Readonly<Record<string, readonly string[]>>;

const LONGEST = 60;

export function fitting(schema: Schema, document: OpenApiDocument, known: Known, name = ''): Arbitrary<unknown> {
  const { anyOf, enum: values, examples, type } = resolve(schema, document);
  if (Array.isArray(anyOf)) return fc.oneof(...(anyOf as Schema[]).map((one) => fitting(one, document, known, name)));
  if (Array.isArray(values)) return fc.constantFrom(...(values as unknown[]));
  if ('const' in schema) return fc.constant(schema.const);
  const ofTypes = [type].flat().map((one) => ofType(String(one), resolve(schema, document), document, known, name));
  // What is known of a list are its members.
  const shown = [
    ...((examples as unknown[] | undefined) ?? []),
    ...([type].flat().includes('array') ? [] : (known[name] ?? [])),
  ];
  if (shown.length === 0 || type === 'object') return fc.oneof(...ofTypes);
  return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...shown) }, { weight: 1, arbitrary: fc.oneof(...ofTypes) });
}

function ofType(
  type: string,
  schema: Schema,
  document: OpenApiDocument,
  known: Known,
  name: string,
): Arbitrary<unknown> {
  const { minimum = 0, maximum = 2 ** 31, items = {}, minItems = 0 } = schema as Record<string, never>;
  switch (type) {
    case 'object':
      return objectOf(schema, document, known);
    case 'array':
      return fc.uniqueArray(fitting(items, document, known, name), { minLength: minItems, maxLength: minItems + 3 });
    case 'integer':
      return fc.oneof(
        fc.integer({ min: minimum, max: Math.min(maximum, minimum + 5) }),
        fc.integer({ min: minimum, max: maximum }),
      );
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textOf(schema);
  }
}

function textOf({ format, pattern, minLength, maxLength }: Schema): Arbitrary<string> {
  const [min, max] = [Number(minLength ?? 0), Math.min(Number(maxLength ?? LONGEST), LONGEST)];
  if (format === 'uuid') return fc.uuid({ version: 7 });
  if (typeof pattern !== 'string' || pattern === '\\S')
    return fc.string({ unit: 'grapheme', minLength: min, maxLength: max });
  return fc.stringMatching(new RegExp(pattern, 'u')).filter((text) => text.length <= Number(maxLength ?? 10_000));
}

function objectOf(schema: Schema, document: OpenApiDocument, known: Known): Arbitrary<unknown> {
  const members = Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(
    ([name, member]) => [name, fitting(member, document, known, name)] as const,
  );
  const requiredKeys = (schema.required ?? []) as string[];
  return fc.record(Object.fromEntries(members), { requiredKeys, noNullPrototype: true });
}

const wrong: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], { a: {} }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.array(hostileText, { minLength: 1, maxLength: 5 }) },
);

/** One that fits, but for one member: another value, none, or one more that nobody knows. */
export function nearlyFitting(fit: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc
    .tuple(fit, fc.nat(), wrong, fc.constantFrom('change', 'change', 'change', 'remove', 'add'))
    .map(([value, place, other, way]) => {
      if (typeof value !== 'object' || value === null) return other;
      const names = Object.keys(value);
      const name = names[place % Math.max(names.length, 1)] ?? 'x';
      if (way === 'remove') return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
      const inner = (value as Record<string, unknown>)[name];
      const changed = typeof inner === 'object' && inner !== null && !Array.isArray(inner) && place % 2 === 0;
      return {
        ...value,
        [way === 'add' ? 'status' : name]: changed ? { ...inner, [Object.keys(inner)[0] ?? 'x']: other } : other,
      };
    });
}

export { wrong as anyValue };
