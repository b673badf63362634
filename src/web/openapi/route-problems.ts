// Which problems a route can be answered with, as far as they follow from what it declares. What only its own rules can
// say stands with the operation.
import type { Access } from '../../platform/http/access.js';
import type { ProblemCode } from '../../platform/problem/problem-catalogue.js';
import type { Operation, Parameter } from './operation.js';
import { PATH_PARAMETERS } from './parameters.js';
import type { ServiceRoute } from './service-routes.js';

/** Of no operation: they are answered before there is one, or instead of one. */
export const PROBLEMS_OF_NO_OPERATION: readonly ProblemCode[] = [
  'malformed-request',
  'not-found',
  'method-not-allowed',
];

/** Anything can fail, and a compressed request is refused wherever it comes. */
const OF_ALL = ['internal', 'unavailable', 'unsupported-media-type'] as const;
const OF_BODIES = ['malformed-body', 'body-too-large'] as const;

export function problemsOf(route: ServiceRoute, operation: Operation, inPath: readonly string[]): ProblemCode[] {
  return [
    ...new Set<ProblemCode>([
      ...OF_ALL,
      ...ofAccess(route),
      ...ofPath(inPath),
      ...ofParameters(operation.parameters ?? []),
      // Whatever is sent along is read, also where no body is asked for.
      ...(['GET', 'OPTIONS'].includes(route.method) ? [] : OF_BODIES),
      ...(route.body || operation.body ? (['invalid-body'] as const) : []),
      ...(operation.problems ?? []),
    ]),
  ];
}

function ofAccess({ access, method }: ServiceRoute): ProblemCode[] {
  const isChanging = method !== 'GET';
  // A wrong key is refused also where none is needed.
  if (access.kind === 'public') return access.readsOwnToken ? [] : ['not-signed-in'];
  return ['not-signed-in', 'forbidden', ...(isChanging ? (['cross-site-request'] as const) : [])];
}

function ofPath(names: readonly string[]): ProblemCode[] {
  if (names.length === 0) return [];
  return ['malformed-path', 'uri-too-long', ...names.flatMap((name) => PATH_PARAMETERS[name]?.problem ?? [])];
}

function ofParameters(parameters: readonly Parameter[]): ProblemCode[] {
  const queries = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  if (queries.length === 0) return [];
  return ['malformed-query', ...(queries.includes('cursor') ? (['invalid-cursor'] as const) : [])];
}

/** Who may call, for people. */
export function describeAccess(access: Access, scope?: string): string {
  switch (access.kind) {
    case 'public':
      return scope ? `Anybody; an API key with \`${scope}\` may do more.` : 'Anybody.';
    case 'signed-in':
      return 'A person who is signed in.';
    case 'operator':
      return 'An operator who is signed in.';
    case 'member':
      return `A member of the site who is at least ${access.role}, or an API key with \`${access.scope}\`.`;
    case 'member-anywhere':
      return `A person who is signed in, on the sites they are a member of, or an API key with \`${access.scope}\`, on its own.`;
  }
}

/** Who may call, for programs: with each scheme the role or the scope that is needed. */
export function securityOf(access: Access, scope?: string): Record<string, string[]>[] {
  switch (access.kind) {
    case 'public':
      return scope ? [{}, { apiKey: [scope] }] : [];
    case 'signed-in':
      return [{ session: [] }];
    case 'operator':
      return [{ session: ['operator'] }];
    case 'member':
      return [{ session: [access.role] }, { apiKey: [access.scope] }];
    case 'member-anywhere':
      return [{ session: [] }, { apiKey: [access.scope] }];
  }
}
