// Turns the rules on a body's DTO class into JSON Schema, so that each body is described once. A rule it does not know
// is an error: a body must not be described as freer than it is.
import { getMetadataStorage } from 'class-validator';
import type { ClassConstructor } from 'class-transformer';
import { classInList } from '../../platform/http/list-of.decorator.js';
import { ref, type Schema } from './schema.js';

interface Rule {
  readonly type: string;
  readonly name?: string;
  readonly propertyName: string;
  readonly constraints?: readonly unknown[];
  readonly each: boolean;
}

type Writer = (constraints: readonly unknown[]) => Schema;

/** Longest e-mail address; a Unicode one may be typed longer than it is stored, so octets are left to the service. */
const LONGEST_EMAIL = 1024;

/** What each rule means in JSON Schema. `isObject` and `isArray` say what the member's own type says already. */
const RULES: Readonly<Record<string, Writer>> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isObject: () => ({}),
  isArray: () => ({ type: 'array' }),
  isIn: ([values]) => ({ type: 'string', enum: values }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  matches: ([pattern]) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  min: ([least]) => ({ minimum: least }),
  max: ([most]) => ({ maximum: most }),
  arrayMinSize: ([least]) => ({ type: 'array', minItems: least }),
  arrayMaxSize: ([most]) => ({ type: 'array', maxItems: most }),
  arrayUnique: () => ({ type: 'array', uniqueItems: true }),
  length: ([least, most]) => ({ type: 'string', ...(least !== 0 && { minLength: least }), maxLength: most }),
  'not-blank': () => ({ type: 'string', pattern: '\\S' }),
  'email-format': () => ({ type: 'string', maxLength: LONGEST_EMAIL, pattern: '^\\s*[^\\s@]+@[^\\s@]+\\s*$' }),
  'http-url': () => ({ type: 'string' }),
  origin: () => ({ type: 'string', pattern: '^[hH][tT][tT][pP][sS]?://[^\\s/?#@]+/?$' }),
};

/** `SubmitCommentDto` as `SubmitCommentInput`. */
export function inputName(dto: ClassConstructor<object>): string {
  return dto.name.replace(/Dto$/, 'Input');
}

/** The schema of a DTO and of every DTO inside it, by name. */
export function inputSchemas(dto: ClassConstructor<object>): Record<string, Schema> {
  const members = membersOf(dto);
  const nested = [...members.values()].flatMap((rules) => nestedClass(dto, rules) ?? []);
  const own: Schema = {
    type: 'object',
    properties: Object.fromEntries([...members].map(([name, rules]) => [name, memberSchema(dto, rules)])),
    required: [...members].filter(([, rules]) => !accepts(rules, undefined)).map(([name]) => name),
    additionalProperties: false,
  };
  return Object.assign({ [inputName(dto)]: own }, ...nested.map(inputSchemas)) as Record<string, Schema>;
}

function membersOf(dto: ClassConstructor<object>): Map<string, Rule[]> {
  const all = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false) as unknown as Rule[];
  const members = new Map<string, Rule[]>();
  for (const rule of all) members.set(rule.propertyName, [...(members.get(rule.propertyName) ?? []), rule]);
  return members;
}

function memberSchema(dto: ClassConstructor<object>, rules: readonly Rule[]): Schema {
  const nested = nestedClass(dto, rules);
  const checks = rules.filter(({ type }) => type === 'customValidation');
  const own = checks.filter(({ each }) => !each).map((rule) => write(dto, rule));
  const items = checks.filter(({ each }) => each).map((rule) => write(dto, rule));
  if (nested && classInList(dto, rules[0]?.propertyName ?? '')) {
    return merge([...own, { type: 'array', items: ref(inputName(nested)) }]);
  }
  if (nested)
    return accepts(rules, null) ? { anyOf: [ref(inputName(nested)), { type: 'null' }] } : ref(inputName(nested));
  const schema = merge([...own, ...(items.length > 0 ? [{ type: 'array', items: merge(items) }] : [])]);
  return accepts(rules, null) ? orNull(schema) : schema;
}

/** Two patterns on one member both hold. */
function merge(schemas: readonly Schema[]): Schema {
  const [first, ...others] = schemas.filter((schema) => 'pattern' in schema);
  const rest = schemas.filter((schema) => !('pattern' in schema));
  const merged = Object.assign({}, ...rest, first) as Schema;
  return others.length > 0 ? { ...merged, allOf: others } : merged;
}

function orNull(schema: Schema): Schema {
  return { ...schema, type: [schema.type, 'null'], ...('enum' in schema && { enum: [...(schema.enum as []), null] }) };
}

function write({ name: dto }: ClassConstructor<object>, { name = '', propertyName, constraints = [] }: Rule): Schema {
  const writer = RULES[name];
  if (!writer) throw new Error(`${dto}.${propertyName} has the rule ${name}, which input-schema.ts cannot describe.`);
  return writer(constraints);
}

/** The class of a member that is an object with rules of its own. */
function nestedClass(dto: ClassConstructor<object>, rules: readonly Rule[]): ClassConstructor<object> | null {
  const nested = rules.find(({ type }) => type === 'nestedValidation');
  if (!nested) return null;
  const listed = classInList(dto, nested.propertyName);
  if (listed) return listed;
  const declared: unknown = Reflect.getMetadata('design:type', dto.prototype as object, nested.propertyName);
  if (typeof declared !== 'function' || declared === Array || declared === Object) {
    throw new Error(`${dto.name}.${nested.propertyName} is nested, and input-schema.ts cannot tell its class.`);
  }
  return declared as ClassConstructor<object>;
}

/** Whether the member's other rules are asked at all for this value: `IsOptional` and `ValidateIf` say so. */
function accepts(rules: readonly Rule[], value: null | undefined): boolean {
  const { propertyName = '' } = rules[0] ?? {};
  return rules
    .filter(({ type }) => type === 'conditionalValidation')
    .some(({ constraints: [condition] = [] }) => {
      const isAsked = condition as (body: object, given: unknown) => boolean;
      return !isAsked({ [propertyName]: value }, value);
    });
}
