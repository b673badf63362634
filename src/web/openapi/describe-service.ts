// Puts the document together: what the routes declare, what the operations say of them, and the schemas of both.
import type { ClassConstructor } from 'class-transformer';
import { describeHeaders } from './answer-headers.js';
import { describeOperation, dtoOf, namesIn } from './describe-operation.js';
import { INPUT_NOTES } from './input-notes.js';
import { inputSchemas } from './input-schema.js';
import type { DocumentedAnswer, DocumentedOperation, OpenApiDocument } from './openapi-document.js';
import type { Operation } from './operation.js';
import { findOperation, OPERATION_GROUPS } from './operations/all-operations.js';
import { problemComponents } from './problem-answers.js';
import { problemsOf } from './route-problems.js';
import type { Schema } from './schema.js';
import { accountSchemas } from './schemas/account-schemas.js';
import { acrossSitesSchemas } from './schemas/across-sites-schemas.js';
import { jobSchemas } from './schemas/job-schemas.js';
import { moderatorSchemas } from './schemas/moderator-schemas.js';
import { ownerSchemas } from './schemas/owner-schemas.js';
import { personSchemas } from './schemas/person-schemas.js';
import { problemSchemas } from './schemas/problem-schemas.js';
import { readerSchemas } from './schemas/reader-schemas.js';
import { ruleSchemas } from './schemas/rule-schemas.js';
import { serviceSchemas } from './schemas/service-schemas.js';
import { togetherSchemas } from './schemas/together-schemas.js';
import { ABOUT, securitySchemes, TITLE } from './service-words.js';
import type { ServiceRoute } from './service-routes.js';

const ANSWER_SCHEMAS = {
  ...readerSchemas,
  ...moderatorSchemas,
  ...togetherSchemas,
  ...acrossSitesSchemas,
  ...jobSchemas,
  ...ownerSchemas,
  ...ruleSchemas,
  ...personSchemas,
  ...accountSchemas,
  ...serviceSchemas,
  ...problemSchemas,
};

interface Described {
  readonly route: ServiceRoute;
  readonly tag: string;
  readonly operation: Operation;
}

/** Routes that nobody describes are left out; the tests compare both. */
export function describeService(routes: readonly ServiceRoute[], publicUrl: string, version: string): OpenApiDocument {
  const described = routes.flatMap((route): Described[] => {
    const found = findOperation(route.name);
    return found ? [{ route, ...found }] : [];
  });
  return {
    openapi: '3.1.1',
    info: { title: TITLE, version, description: ABOUT, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: publicUrl, description: 'This service.' }],
    tags: OPERATION_GROUPS.map(({ tag, description }) => ({ name: tag, description })),
    paths: pathsOf(described),
    components: {
      schemas: sorted({ ...ANSWER_SCHEMAS, ...allInputSchemas(described) }),
      responses: sorted(allProblems(described)),
      headers: { ...describeHeaders() },
      securitySchemes: securitySchemes(publicUrl),
    },
  };
}

/** In the order of the groups, so that the page reads like a guide. */
function pathsOf(described: readonly Described[]): OpenApiDocument['paths'] {
  const order = OPERATION_GROUPS.flatMap(({ operations }) => Object.keys(operations));
  const inOrder = [...described].sort((one, other) => order.indexOf(one.route.name) - order.indexOf(other.route.name));
  const paths: Record<string, Record<string, DocumentedOperation>> = {};
  for (const { route, tag, operation } of inOrder) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = describeOperation(route, tag, operation);
  }
  return paths;
}

/** Many routes fail in the same ways; each way is described once. */
function allProblems(described: readonly Described[]): Record<string, DocumentedAnswer> {
  const components: Record<string, DocumentedAnswer> = {};
  for (const { route, operation } of described) {
    const problems = problemsOf(route, operation, namesIn(route.path));
    Object.assign(components, problemComponents(problems, operation.refusesByPage, Object.keys(components)));
  }
  return components;
}

function allInputSchemas(described: readonly Described[]): Record<string, Schema> {
  const dtos = new Set<ClassConstructor<object>>(
    described.flatMap(({ route, operation }) => dtoOf(route, operation) ?? []),
  );
  const schemas = Object.assign({}, ...[...dtos].map(inputSchemas)) as Record<string, Schema>;
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, addNotes(name, schema)]));
}

function addNotes(name: string, schema: Schema): Schema {
  const { members = {} } = INPUT_NOTES[name] ?? {};
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([member, rules]) => {
    const description = members[member];
    return [member, { ...rules, ...(description !== undefined && { description }) }];
  });
  return { ...schema, properties: Object.fromEntries(properties) as Record<string, Schema> };
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}
