// One route and what is said of it, as an operation of the document.
import type { ClassConstructor } from 'class-transformer';
import { refHeaders } from './answer-headers.js';
import { INPUT_NOTES } from './input-notes.js';
import { inputName } from './input-schema.js';
import type {
  DocumentedAnswer,
  DocumentedContent,
  DocumentedOperation,
  DocumentedParameter,
} from './openapi-document.js';
import { JSON_TYPE, type Answer, type Operation } from './operation.js';
import { PATH_PARAMETERS } from './parameters.js';
import { problemAnswers } from './problem-answers.js';
import { describeAccess, problemsOf, securityOf } from './route-problems.js';
import { ref } from './schema.js';
import type { ServiceRoute } from './service-routes.js';

export function describeOperation(route: ServiceRoute, tag: string, operation: Operation): DocumentedOperation {
  const { id, summary, description, scope, answers } = operation;
  const parameters = [...pathParameters(route, operation), ...(operation.parameters ?? [])];
  const requestBody = describeBody(route, operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer)])),
      ...problemAnswers(problemsOf(route, operation, namesIn(route.path)), operation.refusesByPage),
    },
    security: securityOf(route.access, scope),
    'x-access': describeAccess(route.access, scope),
  };
}

/** The DTO of the route's JSON body, if it takes one. */
export function dtoOf(route: ServiceRoute, operation: Operation): ClassConstructor<object> | null {
  return route.body?.dto ?? operation.body?.dto ?? null;
}

export function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

function pathParameters({ name: route, path }: ServiceRoute, { pathNotes = {} }: Operation): DocumentedParameter[] {
  return namesIn(path).map((name) => {
    const known = PATH_PARAMETERS[name];
    if (!known) throw new Error(`{${name}} of ${route} is unknown: add it to PATH_PARAMETERS of parameters.ts.`);
    const { schema, description } = known;
    return { name, in: 'path', required: true, description: pathNotes[name] ?? description, schema };
  });
}

function describeBody(route: ServiceRoute, operation: Operation): DocumentedOperation['requestBody'] | null {
  const dto = dtoOf(route, operation);
  if (!dto) return null;
  const example = INPUT_NOTES[inputName(dto)]?.example;
  const json: DocumentedContent = { schema: ref(inputName(dto)), ...(example !== undefined && { example }) };
  return { required: !route.body?.optional, content: { [JSON_TYPE]: json, ...operation.body?.others } };
}

function describeAnswer({ description, headers = [], content }: Answer): DocumentedAnswer {
  return { description, headers: refHeaders(headers), ...(content && { content }) };
}
