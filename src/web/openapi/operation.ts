// What a person writes about a route. The rest (who may call it, its path, its JSON body and most of its problems) is
// read off the route itself, see service-routes.ts and route-problems.ts.
import type { ClassConstructor } from 'class-transformer';
import type { Scope } from '../../platform/http/access.js';
import type { ProblemCode } from '../../platform/problem/problem-catalogue.js';
import type { HeaderName } from './answer-headers.js';
import { ref, type Schema } from './schema.js';

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header' | 'path';
  readonly description: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Content {
  readonly schema: Schema;
  readonly example?: unknown;
  /** Of a stream of events: the data of each. */
  readonly 'x-event-data'?: Schema;
}

export interface Answer {
  readonly description: string;
  /** By media type; nothing for an answer without a body. */
  readonly content?: Readonly<Record<string, Content>>;
  readonly headers?: readonly HeaderName[];
}

export interface Operation {
  /** `operationId`: a verb and its object, from which generated clients name their functions. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** What a name in the path stands for here, where the general word does not do. */
  readonly pathNotes?: Readonly<Record<string, string>>;
  readonly parameters?: readonly Parameter[];
  /** Only where the route reads its body by itself: as JSON, and in other media types. */
  readonly body?: { readonly dto: ClassConstructor<object>; readonly others: Readonly<Record<string, Content>> };
  /** A public route on which a key with this scope may do more. */
  readonly scope?: Scope;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Beyond those that follow from access, path, parameters and body. */
  readonly problems?: readonly ProblemCode[];
  /** Whether a browser that prefers HTML is refused by a page. */
  readonly refusesByPage?: true;
}

/** The operations of one kind of caller, by `METHOD /path`. */
export interface OperationGroup {
  readonly tag: string;
  readonly description: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

export const JSON_TYPE = 'application/json';

/** An answer in JSON, of a schema of `components`. */
export function answers(schema: string, description: string, headers: readonly HeaderName[] = []): Answer {
  return { description, content: { [JSON_TYPE]: { schema: ref(schema) } }, headers };
}
