// The operations of /openapi.json, as the tests that are made from it walk through them.
import { exampleOf } from '../../src/web/openapi/example-of.js';
import type { DocumentedOperation, OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import type { Schema } from '../../src/web/openapi/schema.js';

export interface Described {
  readonly id: string;
  readonly method: string;
  /** With its names in braces. */
  readonly path: string;
  readonly tag: string;
  /** The names in its path. */
  readonly names: readonly string[];
  /** The names of what may stand in its query. */
  readonly queries: readonly string[];
  /** `anybody`, `person`, `operator`, or the role that one needs at least. */
  readonly access: string;
  /** The scope that opens it to an API key; null when none does. */
  readonly scope: string | null;
  /** A valid one. */
  readonly body: unknown;
  readonly operation: DocumentedOperation;
}

const JSON_TYPE = 'application/json';

export function operationsOf(document: OpenApiDocument): Described[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => describe(document, method.toUpperCase(), path, operation)),
  );
}

function describe(document: OpenApiDocument, method: string, path: string, operation: DocumentedOperation): Described {
  const queries = (operation.parameters ?? []).filter(({ in: where }) => where === 'query').map(({ name }) => name);
  const content = operation.requestBody?.content[JSON_TYPE];
  const session = operation.security.find((way) => 'session' in way)?.session;
  return {
    id: operation.operationId,
    method,
    path,
    tag: operation.tags[0] ?? '',
    names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    queries,
    access: session ? (session[0] ?? 'person') : 'anybody',
    scope: operation.security.find((way) => 'apiKey' in way)?.apiKey?.[0] ?? null,
    body: content && (content.example ?? exampleOf(content.schema, document.components.schemas)),
    operation,
  };
}

/** The JSON body of an operation, with what its references mean. */
export function bodySchemaOf({ operation }: Described, document: OpenApiDocument): Schema | null {
  const schema = operation.requestBody?.content[JSON_TYPE]?.schema;
  return schema ? resolve(schema, document) : null;
}

export function resolve(schema: Schema, { components }: OpenApiDocument): Schema {
  return typeof schema.$ref === 'string' ? (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
}

export function pathWith(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing is known that could stand for {${name}} in ${path}.`);
    return encodeURIComponent(value);
  });
}
