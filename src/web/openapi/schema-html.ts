// A schema as nested lists: each member with its type, its limits and its sentence.
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { Schema } from './schema.js';
import { sentence } from './sentence.js';

type Limit = readonly [keyword: string, write: (value: unknown) => string];

const LIMITS: readonly Limit[] = [
  ['format', (format) => (format === 'date-time' ? 'ISO 8601' : String(format))],
  ['minLength', (least) => `at least ${String(least)} ${least === 1 ? 'character' : 'characters'}`],
  ['maxLength', (most) => `at most ${String(most)} characters`],
  ['minimum', (least) => `from ${String(least)}`],
  ['maximum', (most) => `to ${String(most)}`],
  ['minItems', (least) => `at least ${String(least)}`],
  ['maxItems', (most) => `at most ${String(most)}`],
  ['uniqueItems', () => 'each once'],
  ['default', (value) => `${String(value)} unless given`],
];

/** Its type and limits in a line. */
export function describeType(schema: Schema): Html {
  const limits = LIMITS.filter(([keyword]) => schema[keyword] !== undefined).map(([keyword, write]) =>
    write(schema[keyword]),
  );
  const pattern = typeof schema.pattern === 'string' ? html`, like <code>${schema.pattern}</code>` : null;
  return html`${nameType(schema)}${limits.map((limit) => `, ${limit}`)}${pattern}`;
}

function nameType(schema: Schema): Content {
  const { $ref, anyOf, items, type } = schema;
  if (typeof $ref === 'string') return linkTo($ref);
  if ('const' in schema) return html`always <code>${String(schema.const)}</code>`;
  if (Array.isArray(schema.enum)) {
    const values = (schema.enum as unknown[]).map((value) => html`<code>${String(value)}</code> `);
    return html`one of ${values}`;
  }
  if (Array.isArray(anyOf)) return join((anyOf as Schema[]).map(describeType), ' or ');
  if (items !== undefined) return html`list of ${describeType(items as Schema)}`;
  if (Array.isArray(type)) return (type as string[]).map(plainName).join(' or ');
  return plainName(typeof type === 'string' ? type : 'anything');
}

function plainName(type: string): string {
  return { string: 'text', integer: 'whole number', boolean: 'true or false' }[type] ?? type;
}

function join(parts: readonly Html[], between: string): Html {
  return html`${parts.map((part, place) => (place === 0 ? part : html`${between}${part}`))}`;
}

function linkTo(pointer: string): Html {
  const name = pointer.split('/').at(-1) ?? '';
  return html`<a href="#schema-${name}">${name}</a>`;
}

/** The members of an object, and of the objects in it; empty for everything else. */
export function listMembers(schema: Schema): Html | null {
  const inside = innerObjects(schema);
  if (inside.length === 0) return null;
  return html`${inside.map(
    (object) =>
      html`<ul class="members">
        ${membersOf(object)}
      </ul>`,
  )}`;
}

function membersOf({ properties = {}, required = [] }: Schema): Html[] {
  const needed = required as readonly string[];
  return Object.entries(properties as Record<string, Schema>).map(([name, schema]) => {
    const isNeeded = needed.includes(name);
    const says = typeof schema.description === 'string' ? sentence(schema.description) : null;
    return html`<li>
      <code class="name">${name}</code> <span class="type">${describeType(schema)}</span>
      ${isNeeded ? null : html`<span class="optional">may be left out</span>`} ${says} ${listMembers(schema)}
    </li>`;
  });
}

function innerObjects(schema: Schema): Schema[] {
  if (schema.properties !== undefined) return [schema];
  if (schema.items !== undefined) return innerObjects(schema.items as Schema);
  return ((schema.anyOf ?? []) as Schema[]).flatMap(innerObjects);
}
