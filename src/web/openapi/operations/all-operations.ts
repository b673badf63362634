import type { Operation, OperationGroup } from '../operation.js';
import { isPageRoute, PAGE_ROUTES } from '../page-routes.js';
import { accountOperations } from './account-operations.js';
import { acrossSitesOperations } from './across-sites-operations.js';
import { jobOperations } from './job-operations.js';
import { moderatorOperations } from './moderator-operations.js';
import { operatorOperations } from './operator-operations.js';
import { ownerOperations } from './owner-operations.js';
import { personOperations } from './person-operations.js';
import { readerOperations } from './reader-operations.js';
import { ruleOperations } from './rule-operations.js';
import { serviceOperations } from './service-operations.js';
import { togetherOperations } from './together-operations.js';

/** In the order in which the page shows them. */
export const OPERATION_GROUPS: readonly OperationGroup[] = [
  readerOperations,
  moderatorOperations,
  togetherOperations,
  jobOperations,
  acrossSitesOperations,
  ownerOperations,
  ruleOperations,
  personOperations,
  operatorOperations,
  accountOperations,
  serviceOperations,
];

export function findOperation(route: string): { readonly tag: string; readonly operation: Operation } | null {
  const group = OPERATION_GROUPS.find(({ operations }) => route in operations);
  const operation = group?.operations[route];
  return group && operation ? { tag: group.tag, operation } : null;
}

/** Where routes and operations differ, in a sentence for each; nothing when each has the other. */
export function compareWithRoutes(routes: readonly string[]): string[] {
  const described = OPERATION_GROUPS.flatMap(({ operations }) => Object.keys(operations));
  const known = [...described, ...PAGE_ROUTES];
  return [
    ...routes
      .filter((route) => !known.includes(route) && !isPageRoute(route))
      .map((route) => `${route} is a route and not described: add it to one of src/web/openapi/operations.`),
    ...known
      .filter((route) => !routes.includes(route))
      .map((route) => `${route} is described and no route: take it out of src/web/openapi/operations.`),
    ...described
      .filter((route, place) => described.indexOf(route) !== place)
      .map((route) => `${route} is described twice in src/web/openapi/operations.`),
  ];
}
