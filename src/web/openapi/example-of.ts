import type { Schema } from './schema.js';

/** One value that fits the schema, put together from the examples of its parts. */
export function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown {
  const { $ref, examples, anyOf, allOf, items, properties } = schema;
  if (typeof $ref === 'string') return exampleOf(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas);
  if (Array.isArray(examples)) return (examples as unknown[])[0];
  if ('const' in schema) return schema.const;
  if ('default' in schema) return schema.default;
  const [first] = (anyOf ?? allOf ?? []) as Schema[];
  if (first) return exampleOf(first, schemas);
  if (items !== undefined) return [exampleOf(items as Schema, schemas)];
  if (properties !== undefined) {
    const members = Object.entries(properties as Record<string, Schema>);
    return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member, schemas)]));
  }
  return exampleOfType(schema);
}

function exampleOfType({ type, enum: values, minimum }: Schema): unknown {
  if (Array.isArray(values)) return (values as unknown[])[0];
  const [first] = [type].flat();
  if (first === 'integer' || first === 'number') return minimum ?? 1;
  if (first === 'boolean') return true;
  return first === 'null' ? null : 'text';
}
