import { Validator } from '@seriousme/openapi-schema-validator';
import { defaultTreeAdapter, parse as parseHtml, type DefaultTreeAdapterTypes } from 'parse5';
import { AppModule } from '../../src/app.module.js';
import { createHttpApp } from '../../src/platform/http/http-app.js';
import { routesOf } from '../../src/platform/http/wrong-methods.js';
import { PROBLEMS } from '../../src/platform/problem/problem-catalogue.js';
import { exampleOf } from '../../src/web/openapi/example-of.js';
import { INPUT_NOTES } from '../../src/web/openapi/input-notes.js';
import type {
  DocumentedContent,
  DocumentedOperation,
  OpenApiDocument,
} from '../../src/web/openapi/openapi-document.js';
import { compareWithRoutes } from '../../src/web/openapi/operations/all-operations.js';
import { isPageRoute } from '../../src/web/openapi/page-routes.js';
import { PROBLEMS_OF_NO_OPERATION } from '../../src/web/openapi/route-problems.js';
import type { Schema } from '../../src/web/openapi/schema.js';
import { templateOf } from '../../src/web/openapi/service-routes.js';
import { Contract, contractOf, type Exchange } from '../support/contract.js';
import { expectPage, TestPage } from '../support/test-page.js';
import type { RunningService } from '../../src/start.js';
import { startServiceHere } from '../support/service-here.js';
import type { TestService } from '../support/test-service.js';

/** The only place where a page of another origin must ask first. */
const PREFLIGHTS = [
  '/v1/receipts/{receipt}',
  '/v1/sites/{site}/articles/{article}/comments',
  '/v1/sites/{site}/articles/{article}/comments/{id}/report',
];

let service: TestService<RunningService>;
let document: OpenApiDocument;
let contract: Contract;
let operations: { name: string; pointer: string; operation: DocumentedOperation }[];
/** `METHOD /path`, as Fastify has them. */
let routes: string[];

beforeAll(async () => {
  service = await startServiceHere({ ROLE: 'web' });
  document = (await service.anonymous.get<OpenApiDocument>('/openapi.json')).body;
  contract = new Contract(document);
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      return { name, pointer: `/paths/${path.replaceAll('/', '~1')}/${method}`, operation };
    }),
  );
  const { platform } = service.running.connected;
  const app = await createHttpApp(AppModule.of(platform), platform.settings, platform.logger);
  const registered = routesOf(app.getHttpAdapter().getInstance());
  await app.close();
  routes = [...registered].flatMap(([path, methods]) => [...methods].map((method) => `${method} ${templateOf(path)}`));
});

afterAll(() => service.close());

describe('the description', () => {
  it('has every route, and no other', () => {
    const own = routes.filter((route) => !route.startsWith('HEAD '));
    expect(compareWithRoutes(own)).toEqual([]);
    const described = [...operations.map(({ name }) => name), ...own.filter(isPageRoute)];
    expect([...described].sort()).toEqual([...own].sort());
  });

  it('is right that every GET answers HEAD, and that nothing else does', () => {
    const paths = (method: string): string[] =>
      routes.flatMap((route) => (route.startsWith(`${method} `) ? [route.slice(method.length + 1)] : [])).sort();
    expect(paths('HEAD')).toEqual(paths('GET'));
    expect(paths('OPTIONS')).toEqual(PREFLIGHTS);
  });

  it('fits the schema of OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(document as unknown as Record<string, unknown>);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('names each operation once, with a tag that is explained', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }) => name);
    for (const { operation } of operations) expect(tags).toContain(operation.tags[0]);
  });

  it('has every component it speaks of, and speaks of every one it has', () => {
    const spoken = new Set(
      [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, name]) => name),
    );
    const { schemas, responses, headers } = document.components;
    const present = Object.entries({ schemas, responses, headers }).flatMap(([kind, components]) =>
      Object.keys(components).map((name) => `${kind}/${name}`),
    );
    expect(present.sort()).toEqual([...spoken].sort());
  });

  it('has only schemas that compile in strict mode, and examples that fit them', () => {
    const places = [...contentsOf(document), ...parametersOf()];
    for (const [pointer, { schema, example, examples = {} }] of places) {
      contract.compile(`${pointer}/schema`);
      const shown = [example, ...Object.values(examples).map(({ value }) => value)].filter((one) => one !== undefined);
      const composed = Object.keys(schema).length > 1 || '$ref' in schema ? [exampleOf(schema, allSchemas())] : [];
      for (const value of [...shown, ...(shown.length > 0 ? [] : composed)]) {
        expect([pointer, contract.faultsAt(`${pointer}/schema`, value)]).toEqual([pointer, []]);
      }
    }
    expect(places.length).toBeGreaterThan(operations.length);
  });

  it('has only strict objects in its components', () => {
    const loose = Object.entries(allSchemas()).filter(
      ([, schema]) => schema.type === 'object' && schema.additionalProperties !== false,
    );
    expect(loose).toEqual([]);
  });

  it('explains every member of every body, and explains no other', () => {
    for (const [name, { members }] of Object.entries(INPUT_NOTES)) {
      const { properties = {} } = allSchemas()[name] ?? {};
      const unknown = Object.keys(members).filter((member) => !(member in (properties as object)));
      expect([name, unknown]).toEqual([name, []]);
    }
    for (const [name, { properties = {} }] of Object.entries(allSchemas())) {
      if (!name.endsWith('Input')) continue;
      const silent = Object.entries(properties as Record<string, Schema>).filter(
        ([, schema]) => schema.description === undefined && schema.$ref === undefined,
      );
      expect([name, silent.map(([member]) => member)]).toEqual([name, []]);
    }
  });

  it('has every problem of the catalogue, with an example of each', () => {
    const shown = Object.values(document.components.responses).flatMap(({ content = {} }) =>
      Object.values(content).flatMap(({ examples = {} }) => Object.keys(examples)),
    );
    const expected = [...new Set([...shown, ...PROBLEMS_OF_NO_OPERATION])].sort();
    expect(expected).toEqual(Object.keys(PROBLEMS).sort());
  });

  it('says of each route who may call it', () => {
    const security = (name: string): DocumentedOperation['security'] | undefined =>
      operations.find((one) => one.name === name)?.operation.security;
    expect(security('GET /v1/sites/{site}/counts')).toEqual([]);
    expect(security('GET /v1/session')).toEqual([{ session: [] }]);
    expect(security('POST /v1/sites')).toEqual([{ session: ['operator'] }]);
    expect(security('GET /v1/sites/{site}/moderation/summary')).toEqual([
      { session: ['viewer'] },
      { apiKey: ['moderation:read'] },
    ]);
    const { securitySchemes } = document.components;
    expect(securitySchemes.session?.name).toBe('winnow');
    expect(Object.keys(securitySchemes)).toEqual(['session', 'apiKey']);
  });

  it('names the address by which the world reaches it, and the cookie of https', async () => {
    const other = await service.another({ PUBLIC_URL: 'https://comments.example' });
    const answer = await fetch(`${other.url ?? ''}/openapi.json`);
    const { servers, components } = (await answer.json()) as OpenApiDocument;
    expect(servers[0]?.url).toBe('https://comments.example');
    expect(components.securitySchemes.session?.name).toBe('__Host-winnow');
    expect(document.servers[0]?.url).toMatch(/^http:\/\/localhost:\d+$/);
  });

  it('is answered with 304 to the one who has it', async () => {
    const first = await service.anonymous.get('/openapi.json');
    const etag = first.headers.get('etag') ?? '';
    const second = await service.anonymous.get('/openapi.json', { 'if-none-match': etag });
    expect(second).toMatchObject({ status: 304, text: '' });
    expect(first.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('the check of every exchange', () => {
  const path = '/v1/sites/blog/counts?article=a';
  const headers = new Headers({
    'content-type': 'application/json; charset=utf-8',
    'x-request-id': '019ab7c2-7d1e-7c43-9d39-3a1f0c5e2b77',
    'cache-control': 'public',
    'access-control-allow-origin': '*',
    etag: '"a"',
  });
  const sent = { headers: new Headers(), body: undefined };
  const exchange: Exchange = { method: 'GET', path, sent, status: 200, headers, text: '{"counts":{"a":1}}' };

  it('lets through what is described', () => {
    expect(contract.faultsOf(exchange)).toEqual([]);
  });

  it.each([
    ['a member nobody described', { text: '{"counts":{},"more":1}' }, /countComments.*must NOT have additional/],
    ['a member of another type', { text: '{"counts":{"a":"1"}}' }, /\/counts\/a must be integer/],
    ['another status', { status: 418 }, /the status 418 is not described/],
    ['a missing header', { headers: new Headers({ 'content-type': 'application/json' }) }, /ETag is missing/],
    ['another type of content', { headers: new Headers({ 'content-type': 'text/html' }) }, /"text\/html" of 200/],
    ['a query that does not fit and was accepted', { path: '/v1/sites/blog/counts' }, /parameter article is missing/],
    ['an answer to an unknown path', { path: '/v1/nowhere', status: 200 }, /no operation is described/],
  ] as [string, Partial<Exchange>, RegExp][])('names %s', (_, change, fault) => {
    expect(contract.faultsOf({ ...exchange, ...change }).join('\n')).toMatch(fault);
  });

  it('names a body that fits and was refused', () => {
    const body = JSON.stringify({ email: 'a@b.example', password: 'secret' });
    const problem = exampleOf(allSchemas().Problem ?? {}, allSchemas()) as object;
    const errors = [{ pointer: '/email', rule: 'made-up', detail: 'No.' }];
    const text = JSON.stringify({ ...problem, status: 422, code: 'invalid-body', errors });
    const type = { 'content-type': 'application/problem+json', 'x-request-id': headers.get('x-request-id') ?? '' };
    const faults = contract.faultsOf({
      ...{ method: 'POST', path: '/v1/session', status: 422, text, headers: new Headers(type) },
      sent: { headers: new Headers({ 'content-type': 'application/json' }), body },
    });
    expect(faults).toEqual(['POST /v1/session (signIn): /email is refused by made-up, and fits its schema']);
  });

  it('is what the clients of these tests do', async () => {
    const known = await contractOf(service.url);
    expect(known.document).toEqual(document);
  });
});

describe('the page', () => {
  it('shows every operation and every problem, and takes nothing from elsewhere', async () => {
    const page = await TestPage.open(service.anonymous, '/docs');
    expectPage(page, 200);
    const { answer } = page;
    const elements = elementsOf(parseHtml(answer.text));
    const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) expect(ids).toContain(operation.operationId);
    for (const code of Object.keys(PROBLEMS)) expect(answer.text).toContain(`<code>${code}</code>`);
    expect(elements.filter(({ tagName }) => ['script', 'iframe', 'style'].includes(tagName))).toEqual([]);
    for (const element of elements) {
      const target = attribute(element, 'href') ?? attribute(element, 'src');
      if (target === undefined) continue;
      expect(target).toMatch(/^(#|\/$|\/assets\/[\w.-]+$|\/openapi\.json$)/);
      if (target.startsWith('#')) expect(ids).toContain(target.slice(1));
    }
  });
});

/** Every content of the document, with its place. */
function contentsOf({ components }: OpenApiDocument): [string, DocumentedContent][] {
  const inAnswers = Object.entries(components.responses).flatMap(([name, { content = {} }]) =>
    withPointers(`/components/responses/${name}/content`, content),
  );
  const inOperations = operations.flatMap(({ pointer, operation }) => [
    ...withPointers(`${pointer}/requestBody/content`, operation.requestBody?.content ?? {}),
    ...Object.entries(operation.responses).flatMap(([status, answer]) =>
      '$ref' in answer ? [] : withPointers(`${pointer}/responses/${status}/content`, answer.content ?? {}),
    ),
  ]);
  return [...inAnswers, ...inOperations];
}

function parametersOf(): [string, DocumentedContent][] {
  return operations.flatMap(({ pointer, operation }) =>
    (operation.parameters ?? []).map(({ schema }, place): [string, DocumentedContent] => [
      `${pointer}/parameters/${place}`,
      { schema },
    ]),
  );
}

function withPointers(
  folder: string,
  content: Readonly<Record<string, DocumentedContent>>,
): [string, DocumentedContent][] {
  return Object.entries(content).map(([type, one]) => [`${folder}/${type.replaceAll('/', '~1')}`, one]);
}

function allSchemas(): Readonly<Record<string, Schema>> {
  return document.components.schemas;
}

function elementsOf(node: DefaultTreeAdapterTypes.ParentNode): DefaultTreeAdapterTypes.Element[] {
  return node.childNodes.flatMap((child) =>
    defaultTreeAdapter.isElementNode(child) ? [child, ...elementsOf(child)] : [],
  );
}

function attribute({ attrs }: DefaultTreeAdapterTypes.Element, name: string): string | undefined {
  return attrs.find((one) => one.name === name)?.value;
}
