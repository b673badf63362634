// Holds every exchange of a test with the service against the OpenAPI document that the service serves. It judges what
// is written there, not whether an answer is the right one for the story.
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { cleanUntrusted } from '../../src/platform/http/clean-text.js';
import type { FieldFault } from '../../src/platform/problem/problem.js';
import type { DocumentedAnswer, DocumentedOperation, OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import { isPageRoute } from '../../src/web/openapi/page-routes.js';
import type { Schema } from '../../src/web/openapi/schema.js';
import { isBeyondSchema, isQueryBeyondSchema } from './beyond-schema.js';

export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly sent: { readonly headers: Headers; readonly body: string | undefined };
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Answered where there is no operation, or before one is found. */
const WITHOUT_OPERATION = new Map([
  ['not-found', 404],
  ['method-not-allowed', 405],
  ['malformed-path', 400],
  ['uri-too-long', 414],
  ['unsupported-media-type', 415],
  ['malformed-body', 400],
  ['body-too-large', 413],
]);

/** What a worker answers on a port of its own. */
const WORKER_PATHS = ['/health/live', '/health/ready', '/metrics'];

const contracts = new Map<string, Promise<Contract>>();

/** The contract of the service at this address, read once in each test file. */
export function contractOf(serviceUrl: string): Promise<Contract> {
  const known = contracts.get(serviceUrl);
  if (known) return known;
  const read = readContract(serviceUrl);
  contracts.set(serviceUrl, read);
  // A process that is just being killed says nothing; the next may.
  read.catch(() => contracts.delete(serviceUrl));
  return read;
}

async function readContract(serviceUrl: string): Promise<Contract> {
  const answer = await fetch(`${serviceUrl}/openapi.json`);
  if (answer.status !== 404) return new Contract((await answer.json()) as OpenApiDocument);
  // The port of a worker, which is held to what the web process of the same story says of these.
  const [web] = contracts.values();
  if (!web) throw new Error(`${serviceUrl} describes nothing, and no other service is known yet.`);
  const { document } = await web;
  const paths = Object.entries(document.paths).filter(([path]) => WORKER_PATHS.includes(path));
  return new Contract({ ...document, paths: Object.fromEntries(paths) });
}

interface Found {
  readonly name: string;
  readonly pointer: string;
  readonly operation: DocumentedOperation;
  readonly pathValues: Readonly<Record<string, string>>;
}

/** By the place of a schema in its document, see compiled-contracts.js. */
type Compiler = (pointer: string) => ValidateFunction;

export class Contract {
  readonly compile: Compiler;
  readonly #paths: readonly { readonly template: string; readonly pattern: RegExp; readonly names: string[] }[];

  constructor(readonly document: OpenApiDocument) {
    const { compilerOf } = globalThis as unknown as { readonly compilerOf: (document: OpenApiDocument) => Compiler };
    this.compile = compilerOf(document);
    this.#paths = Object.keys(document.paths).map((template) => ({
      template,
      names: [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
      pattern: new RegExp(`^${template.replace(/\./g, '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`),
    }));
  }

  /** @throws when the answer, or a request that was accepted, is not as the document says. */
  check(exchange: Exchange): void {
    const faults = this.faultsOf(exchange);
    if (faults.length === 0) return;
    const { method, path, status } = exchange;
    throw new Error(`${method} ${path} (${status}) breaks the contract of /openapi.json:\n${faults.join('\n')}`);
  }

  faultsOf(exchange: Exchange): string[] {
    const [path = ''] = exchange.path.split('?');
    const method = exchange.method === 'HEAD' ? 'GET' : exchange.method;
    if (isPageRoute(`${method} ${path}`)) return [];
    const found = this.find(method, path);
    if (!found) return this.#faultsWithoutOperation(exchange);
    const faults = [...this.#answerFaults(exchange, found), ...this.#requestFaults(exchange, found)];
    return faults.map((fault) => `${found.name} (${found.operation.operationId}): ${fault}`);
  }

  find(method: string, path: string): Found | null {
    for (const { template, pattern, names } of this.#paths) {
      const match = pattern.exec(path);
      const operation = match && this.document.paths[template]?.[method.toLowerCase()];
      if (!operation) continue;
      const pointer = `/paths/${escape(template)}/${method.toLowerCase()}`;
      const pathValues = Object.fromEntries(names.map((name, place) => [name, match[place + 1] ?? '']));
      return { name: `${method} ${template}`, pointer, operation, pathValues };
    }
    return null;
  }

  /** What the data of an event breaks, of the stream at this path. */
  eventFaults(path: string, event: unknown): string[] {
    const found = this.find('GET', path);
    return found ? this.faultsAt(`${found.pointer}/responses/200/content/text~1event-stream/x-event-data`, event) : [];
  }

  /** Where a value does not fit the schema at this place of the document. */
  faultsAt(pointer: string, value: unknown): string[] {
    const validate = this.compile(pointer);
    return validate(value) ? [] : Array.from(validate.errors ?? [], describe);
  }

  #faultsWithoutOperation({ status, text, headers }: Exchange): string[] {
    if (headers.get('content-type')?.startsWith('text/html') && [...WITHOUT_OPERATION.values()].includes(status))
      return [];
    const problem = parse(text) as { code?: string } | undefined;
    if (text === '' && status === 404) return [];
    if (WITHOUT_OPERATION.get(problem?.code ?? '') !== status) {
      return ['no operation is described, and the answer is not that of an unknown path or method'];
    }
    return this.faultsAt('/components/schemas/Problem', problem);
  }

  #answerFaults({ method, status, headers, text }: Exchange, { operation, pointer }: Found): string[] {
    const declared = operation.responses[status];
    if (!declared) return [`the status ${status} is not described: ${text.slice(0, 300)}`];
    const place = '$ref' in declared ? declared.$ref.slice(1) : `${pointer}/responses/${status}`;
    const answer =
      '$ref' in declared ? this.document.components.responses[declared.$ref.split('/').at(-1) ?? ''] : declared;
    const faults = this.#headerFaults(answer?.headers, headers);
    if (method === 'HEAD') return faults;
    const type = headers.get('content-type')?.split(';', 1)[0] ?? '';
    if (text === '' && !answer?.content) return faults;
    const schema = answer?.content?.[type]?.schema;
    if (!schema) return [...faults, `the content type "${type}" of ${status} is not described`];
    // A stream is judged event by event, see event-stream.ts.
    if (type === 'text/event-stream') return faults;
    const body: unknown = type.endsWith('json') ? parse(text) : text;
    return [...faults, ...this.faultsAt(`${place}/content/${escape(type)}/schema`, body)];
  }

  #headerFaults(described: DocumentedAnswer['headers'] = {}, headers: Headers): string[] {
    return Object.entries(described).flatMap(([name, { $ref }]) => {
      const header = this.document.components.headers[$ref.split('/').at(-1) ?? ''];
      const value = headers.get(name);
      if (value === null) return header?.required === true ? [`the header ${name} is missing`] : [];
      const isNumber = (header?.schema as Schema | undefined)?.type === 'integer';
      return this.faultsAt(`${$ref.slice(1)}/schema`, isNumber ? numberIfOne(value) : value);
    });
  }

  /** What was accepted must fit, and what fits must not have been refused for its form. */
  #requestFaults(exchange: Exchange, found: Found): string[] {
    const { status, text, method } = exchange;
    // A preflight is answered by its origin alone, whatever is in the path.
    if (method === 'OPTIONS') return [];
    if (status < 400) return [...this.#parameterFaults(exchange, found), ...(this.#bodyFaults(exchange, found) ?? [])];
    const problem = parse(text) as { code?: string; errors?: { rule: string; pointer: string }[] } | undefined;
    const isSaid = !/%00|%ED%[AB]/i.test(exchange.path) && !isQueryBeyondSchema(exchange.path);
    if (problem?.code === 'malformed-query' && isSaid && this.#parameterFaults(exchange, found).length === 0) {
      return ['the query is refused, and fits what is described'];
    }
    if (problem?.code !== 'invalid-body' || this.#bodyFaults(exchange, found)?.length !== 0) return [];
    return (problem.errors ?? [])
      .filter(({ rule, pointer }) => !isBeyondSchema(found.operation.operationId, pointer, rule))
      .map(({ rule, pointer }) => `${pointer} is refused by ${rule}, and fits its schema`);
  }

  #parameterFaults({ path, sent }: Exchange, { operation, pointer, pathValues }: Found): string[] {
    const query = new URLSearchParams(path.split('?')[1] ?? '');
    return (operation.parameters ?? []).flatMap((parameter, place) => {
      const { name, in: where, required, schema } = parameter;
      const values = {
        path: [pathValues[name] ?? ''].map(decode),
        query: query.getAll(name),
        header: headerOf(sent, name),
      };
      const given = values[where];
      if (given.length === 0) return required ? [`the parameter ${name} is missing`] : [];
      const value = schema.type === 'array' ? given : given.length === 1 ? given[0] : given;
      const typed = schema.type === 'integer' && typeof value === 'string' ? numberIfOne(value) : value;
      return this.faultsAt(`${pointer}/parameters/${place}/schema`, typed).map((fault) => `parameter ${name}${fault}`);
    });
  }

  /** Null when there is nothing that could be held against a schema. */
  #bodyFaults({ sent }: Exchange, { operation, pointer }: Found): string[] | null {
    const { requestBody } = operation;
    const type = sent.headers.get('content-type')?.split(';', 1)[0]?.toLowerCase() ?? '';
    if (!sent.body) return requestBody?.required ? ['the body is missing'] : null;
    if (!requestBody) return null;
    if (!requestBody.content[type]) return [`a body of the type "${type}" is not described`];
    const raw = type.endsWith('json')
      ? parse(sent.body.replace(/^\ufeff/, ''))
      : Object.fromEntries(new URLSearchParams(sent.body));
    // Lengths are those of the text as it is kept. The names that cleaning takes away are unknown to JSON all the same.
    const removed: FieldFault[] = [];
    const clean = cleanUntrusted(raw, removed);
    const unknown = (type.endsWith('json') ? removed : [])
      .filter(({ rule }) => rule === 'unknown-member')
      .map((fault) => ` ${fault.pointer} is unknown`);
    const place = `${pointer}/requestBody/content/${escape(type)}/schema`;
    return [...this.faultsAt(place, clean), ...unknown].map((fault) => `body${fault}`);
  }
}

function headerOf({ headers }: Exchange['sent'], name: string): string[] {
  const value = headers.get(name);
  return value === null ? [] : [value];
}

function describe({ instancePath, message = '', params }: ErrorObject): string {
  return ` ${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
}

/** A token of a JSON Pointer. */
function escape(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

function numberIfOne(text: string): number | string {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
