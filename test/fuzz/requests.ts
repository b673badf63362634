// Requests made from /openapi.json: right ones, nearly right ones, and such as no one would make by mistake.
import fc, { type Arbitrary } from 'fast-check';
import type { DocumentedParameter, OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import { bodySchemaOf, type Described } from '../support/described.js';
import type { Tenant } from '../support/tenant.js';
import { anyValue, fitting, nearlyFitting, type Known } from './from-schema.js';
import { hostileText } from './hostile-text.js';

export const CALLERS = ['anonymous', 'owner', 'key', 'spare', 'operator'] as const;
export type CallerName = (typeof CALLERS)[number];

export interface Made {
  readonly one: Described;
  readonly caller: CallerName;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** They end what the other requests live by: for somebody of whom nothing else is asked. */
const OF_THE_SPARE = ['signOut', 'endOtherSessions', 'endSession', 'changePassword'];
/** The site itself must stay. */
const NEVER_OWN = ['deleteSite'];

export interface World {
  readonly document: OpenApiDocument;
  readonly own: Tenant;
  readonly foreign: Tenant;
  /** What stands in paths and is no id. */
  readonly secrets: Known;
}

export function requestsTo(operations: readonly Described[], world: World): Arbitrary<Made> {
  return fc.oneof(...operations.map((one) => requestTo(one, world)));
}

function requestTo(one: Described, world: World): Arbitrary<Made> {
  const callers = callersOf(one);
  const parts = fc.tuple(
    fc.constantFrom(...callers),
    pathOf(one, world),
    queryOf(one, world),
    headersOf(one),
    bodyOf(one, world),
  );
  return parts.map(([caller, path, query, headers, [type, body]]) => ({
    one,
    caller,
    path: path + (query === '' ? '' : `?${query}`),
    headers: { ...headers, ...(type !== null && { 'content-type': type }) },
    body,
  }));
}

function callersOf({ id, access }: Described): readonly CallerName[] {
  if (OF_THE_SPARE.includes(id)) return ['anonymous', 'spare'];
  return access === 'operator' ? ['owner', 'key', 'operator', 'operator'] : ['anonymous', 'owner', 'owner', 'key'];
}

/** Percent-encoded whatever it is: half of a pair of surrogates too, in the bytes that some programs make of it. */
function encode(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : `${encodeURIComponent(text.toWellFormed())}%ED%A0%80`;
}

function pathOf({ id, path, names, access }: Described, { own, foreign, secrets }: World): Arbitrary<string> {
  const values = names.map((name) => {
    const note = path.includes('/author/notes') ? 'author' : 'comment';
    const of = (tenant: Tenant): string[] =>
      name === 'id'
        ? [...tenant.comments]
        : [(name === 'note' ? tenant.notes[note] : tenant.ids[name]) ?? 'no-such-link'];
    // What is public of a site is everybody's, so its bytes would be no leak.
    const isPublic = access === 'anybody' && name === 'site';
    const strange = fc.oneof(...(isPublic ? [] : [fc.constantFrom(...of(foreign))]), fc.uuid(), hostileText);
    const known = NEVER_OWN.includes(id)
      ? []
      : [{ weight: 8, arbitrary: fc.constantFrom(...(secrets[name] ?? of(own))) }];
    return fc.oneof(...known, { weight: 2, arbitrary: strange });
  });
  return fc
    .tuple(...values)
    .map((chosen) => path.replace(/\{(\w+)\}/g, (_, name: string) => encode(chosen[names.indexOf(name)] ?? '')));
}

/** Of people who are put into the database. */
const PASSWORD = 'a password of a person';

function knownOf({ ids, comments, site, word }: Tenant): Known {
  return {
    ids: comments,
    parentId: comments.slice(0, 1),
    article: [ids.article ?? ''],
    campaign: [ids.campaign ?? ''],
    site: [site.key],
    sites: [site.key],
    q: ['word', '"two words"', '-author:ada', 'link:example.com email:ada@analytical.org'],
    email: ['ada@analytical.org', `owner@${word}.test`],
    password: [PASSWORD],
    currentPassword: [PASSWORD],
    url: ['https://a.example/'],
    articleUrl: ['https://a.example/page'],
    origins: ['https://a.example'],
    formToken: [''],
    proof: [''],
    value: ['casino'],
    body: ['A comment of *some* words.', 'http://a.example/ '.repeat(5)],
  };
}

function queryOf({ operation }: Described, { document, own }: World): Arbitrary<string> {
  const described = (operation.parameters ?? []).filter(({ in: where }) => where === 'query');
  const values = described.map(({ name, schema, required }: DocumentedParameter) => {
    const right = fitting(schema, document, knownOf(own), name).map((value) => [value].flat().map(String));
    const some = fc.oneof(
      { weight: 6, arbitrary: right },
      { weight: 1, arbitrary: hostileText.map((text) => [text]) },
      { weight: 1, arbitrary: right.map((texts) => [...texts, ...texts]) },
    );
    const pairs = some.map((texts) => texts.map((text) => `${name}=${encode(text)}`));
    return required
      ? pairs
      : fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: pairs });
  });
  const strange = hostileText.map((text) => [`${encode(text.slice(0, 50))}=${encode(text.slice(0, 50))}`]);
  const more = fc.oneof({ weight: 12, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: strange });
  return fc.tuple(...values, more).map((pairs) => pairs.flat().join('&'));
}

/** Of what may stand in a header at all; a client refuses to send the rest. */
const headerText = hostileText.map((text) =>
  text
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '')
    .slice(0, 2_000)
    .trim(),
);

function headersOf({ operation }: Described): Arbitrary<Record<string, string>> {
  const described = (operation.parameters ?? []).filter(({ in: where }) => where === 'header').map(({ name }) => name);
  const some = Object.fromEntries(
    [...described, 'Accept', 'Accept-Language', 'Range'].map((name) => [name, headerText]),
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record(some, { requiredKeys: [], noNullPrototype: true }) },
  ) as Arbitrary<Record<string, string>>;
}

type Body = readonly [type: string | null, body: string | undefined];
const JSON_TYPE = 'application/json';

function bodyOf(one: Described, { document, own }: World): Arbitrary<Body> {
  const nothing: Body = [null, undefined];
  const schema = bodySchemaOf(one, document);
  const isForm = one.operation.requestBody?.content['application/x-www-form-urlencoded'] !== undefined;
  if (['GET', 'OPTIONS'].includes(one.method)) return fc.constant(nothing);
  const json = (value: Arbitrary<unknown>): Arbitrary<Body> => value.map((body) => [JSON_TYPE, JSON.stringify(body)]);
  if (!schema)
    return fc.oneof({ weight: 5, arbitrary: fc.constant(nothing) }, { weight: 1, arbitrary: json(anyValue) });
  const fit = fitting(schema, document, knownOf(own));
  const form = fc.dictionary(
    fc.constantFrom('name', 'email', 'body', 'parentId', 'redirect', 'website', 'x'),
    hostileText,
  );
  return fc.oneof(
    { weight: 5, arbitrary: json(fit) },
    { weight: 5, arbitrary: json(nearlyFitting(fit)) },
    { weight: 1, arbitrary: json(anyValue) },
    { weight: 1, arbitrary: rawBody },
    ...(isForm
      ? [{ weight: 3, arbitrary: form.map((fields): Body => [FORM, new URLSearchParams(fields).toString()]) }]
      : []),
  );
}

const FORM = 'application/x-www-form-urlencoded';

const rawBody: Arbitrary<Body> = fc.oneof(
  fc.constant<Body>([null, undefined]),
  hostileText.map((text): Body => [JSON_TYPE, text]),
  fc.constantFrom<Body>(
    [JSON_TYPE, `"${'x'.repeat(270_000)}"`],
    [JSON_TYPE, '['.repeat(50_000)],
    ['text/plain', '{}'],
    ['a/b;;', '{}'],
  ),
);
