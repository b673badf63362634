import type { ClassConstructor } from 'class-transformer';
import { getMetadataStorage, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';
import { groupBy } from '../group-by.js';

/*
 * The good case of a body, read from the same decorators: class-validator looks its rules up anew for each body, 60 µs a
 * comment. This looks them up once for each class and only ever says yes. Whatever is not plainly right (a fault, an
 * unknown member, a class with rules it does not know) is left to class-validator, which words every refusal.
 */

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Reader = (clean: object) => object | null;

interface Rule {
  readonly constraint: ValidatorConstraintInterface;
  readonly constraints: unknown[];
}

interface Property {
  readonly name: string;
  readonly conditions: readonly ((object: unknown, value: unknown) => boolean)[];
  readonly rules: readonly Rule[];
  /** Of a nested object; null for a property that is none. */
  readonly nested: Reader | null;
}

const readers = new Map<ClassConstructor<object>, Reader>();
const leaveToOthers: Reader = () => null;

/** @returns the body as an instance of its class, or null when it may be anything but right */
export function readQuickly<T extends object>(dto: ClassConstructor<T>, clean: object): T | null {
  return readerOf(dto)(clean) as T | null;
}

function readerOf(dto: ClassConstructor<object>): Reader {
  let reader = readers.get(dto);
  if (!reader) {
    reader = makeReader(dto) ?? leaveToOthers;
    readers.set(dto, reader);
  }
  return reader;
}

function makeReader(dto: ClassConstructor<object>): Reader | null {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  if (metadata.length === 0) return null;
  const properties = new Map<string, Property>();
  for (const [name, ofProperty] of groupBy(metadata, ({ propertyName }) => propertyName)) {
    const property = describe(dto, name, ofProperty);
    if (!property) return null;
    properties.set(name, property);
  }
  return (clean) => read(dto, properties, clean as Record<string, unknown>);
}

function read(
  dto: ClassConstructor<object>,
  properties: ReadonlyMap<string, Property>,
  clean: Record<string, unknown>,
): object | null {
  const instance = new dto() as Record<string, unknown>;
  for (const name of Object.keys(clean)) {
    const property = properties.get(name);
    if (!property) return null;
    const value = clean[name];
    const isNested = property.nested !== null && isObject(value);
    instance[name] = isNested ? property.nested(value) : value;
    if (isNested && instance[name] === null) return null;
  }
  for (const property of properties.values()) if (!holds(property, instance, dto.name)) return null;
  return instance;
}

function holds(
  { name, conditions, rules, nested }: Property,
  object: Record<string, unknown>,
  targetName: string,
): boolean {
  const value = object[name];
  if (!conditions.every((condition) => condition(object, value))) return true;
  // A list of nested objects may be right too; it is left to class-validator.
  if (nested && !isObject(value)) return false;
  return rules.every(({ constraint, constraints }) => {
    const words: ValidationArguments = { value, property: name, object, constraints, targetName };
    return constraint.validate(value, words) === true;
  });
}

/** Null when the property has a rule that this does not know. */
function describe(dto: ClassConstructor<object>, name: string, metadata: readonly Metadata[]): Property | null {
  const conditions: Property['conditions'][number][] = [];
  const rules: Rule[] = [];
  let nested: Reader | null = null;
  for (const { type, each, groups, constraints, constraintCls } of metadata) {
    if (each || (groups as string[] | undefined)?.length) return null;
    if (type === 'conditionalValidation') conditions.push(constraints[0] as Property['conditions'][number]);
    else if (type === 'nestedValidation') {
      const inner = Reflect.getMetadata('design:type', dto.prototype as object, name) as ClassConstructor<object>;
      nested = makeReader(inner);
      if (!nested) return null;
    } else if (type === 'customValidation') {
      for (const { instance, async } of getMetadataStorage().getTargetValidatorConstraints(constraintCls)) {
        if (async) return null;
        rules.push({ constraint: instance, constraints: constraints as unknown[] });
      }
    } else return null;
  }
  return { name, conditions, rules, nested };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
