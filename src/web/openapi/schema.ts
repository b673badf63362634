// Short words for JSON Schema 2020-12, so that a table of schemas reads like the answer it describes.
import { HARMLESS } from '../../platform/http/request-id.js';

export type Schema = Readonly<Record<string, unknown>>;

/** Ours is a UUID; a trusted proxy may send another. */
export const REQUEST_ID: Schema = { type: 'string', pattern: HARMLESS.source };

/** A schema of `components`, with a sentence of its own where it stands. */
export function ref(name: string, description?: string): Schema {
  return { $ref: `#/components/schemas/${name}`, ...(description !== undefined && { description }) };
}

/** Nothing but these members. A name that ends with `?` may be left out. */
export function object(members: Readonly<Record<string, Schema>>, description?: string): Schema {
  const names = Object.keys(members);
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    properties: Object.fromEntries(Object.entries(members).map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  };
}

export function list(items: Schema, description?: string): Schema {
  return { type: 'array', ...(description !== undefined && { description }), items };
}

export function text(description: string, example: string, more: Schema = {}): Schema {
  return { type: 'string', description, ...more, examples: [example] };
}

/** A web address as it is stored: normalised, http or https. */
export function webUrl(description: string, example: string): Schema {
  return text(description, example, { format: 'uri' });
}

export function count(description: string, example: number, more: Schema = {}): Schema {
  return { type: 'integer', minimum: 0, description, ...more, examples: [example] };
}

export function flag(description: string, example: boolean): Schema {
  return { type: 'boolean', description, examples: [example] };
}

export function choice(values: readonly string[], description: string, example = values[0]): Schema {
  return { type: 'string', enum: values, description, examples: [example] };
}

export function time(description: string): Schema {
  return text(description, '2026-01-31T09:30:00.000Z', { format: 'date-time' });
}

export function id(description: string): Schema {
  return text(description, '019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77', { format: 'uuid' });
}

/** The same or null; the sentence stays outside, where it is read first. */
export function nullable(schema: Schema): Schema {
  const { description, examples, type, ...rest } = schema;
  const said = { ...(description !== undefined && { description }), ...(examples !== undefined && { examples }) };
  if (typeof type === 'string' && !('enum' in rest)) return { type: [type, 'null'], ...rest, ...said };
  return { anyOf: [{ ...(type !== undefined && { type }), ...rest }, { type: 'null' }], ...said };
}

/** One page of a keyset list. */
export function page(items: Schema): Schema {
  return object({ items: list(items), nextCursor: ref('NextCursor') });
}
