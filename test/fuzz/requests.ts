// Requests made from /openapi.json: right ones, nearly right ones, and such as no one would make by mistake.
import fc, { type Arbitrary } from 'fast-check';
import type { DocumentedParameter } from '../../src/web/openapi/openapi-document.js';
import { bodySchemaOf, type Described } from '../support/described.js';
import type { Tenant } from '../support/tenant.js';
import type { CallerName, World } from './world.js';
import { anyValue, fitting, nearlyFitting, type Known } from './from-schema.js';
import { hostileText } from './hostile-text.js';

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

export function requestsTo(operations: readonly Described[], world: World): Arbitrary<Made> {
  return fc.oneof(...operations.map((one) => requestTo(one, world)));
}

/** Such as anybody would make who knows how, by who may. */
export function rightRequestsTo(one: Described, world: World): Arbitrary<Made> {
  const { id, access } = one;
  const caller = OF_THE_SPARE.includes(id)
    ? 'spare'
    : access === 'operator'
      ? 'operator'
      : access === 'anybody'
        ? 'anonymous'
        : 'owner';
  const schema = bodySchemaOf(one, world.document);
  const body =
    schema && one.method !== 'GET' ? fitting(schema, world.document, knownOf(world.own)) : fc.constant(undefined);
  return fc.tuple(rightPathOf(one, world), body).map(([path, sent]) => ({
    one,
    caller,
    path,
    headers: sent === undefined ? {} : { 'content-type': JSON_TYPE },
    body: sent === undefined ? undefined : JSON.stringify(sent),
  }));
}

function rightPathOf(one: Described, world: World): Arbitrary<string> {
  const required = (one.operation.parameters ?? []).filter(
    ({ in: where, required: isRequired }) => where === 'query' && isRequired,
  );
  const values = one.names.map((name) => fc.constantFrom(...ofOwn(one, name, world)));
  const queries = required.map(({ name, schema }) =>
    fitting(schema, world.document, knownOf(world.own), name).map(
      (value) => `${name}=${encode([value].flat().map(String)[0] ?? '')}`,
    ),
  );
  return fc.tuple(fc.tuple(...values), fc.tuple(...queries)).map(([chosen, pairs]) => {
    const path = one.path.replace(/\{(\w+)\}/g, (_, name: string) => encode(chosen[one.names.indexOf(name)] ?? ''));
    return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
  });
}

function ofTenant({ path }: Described, name: string, tenant: Tenant): readonly string[] {
  const note = path.includes('/author/notes') ? 'author' : 'comment';
  if (name === 'id') return tenant.comments;
  return [(name === 'note' ? tenant.notes[note] : tenant.ids[name]) ?? 'no-such-link'];
}

function ofOwn(one: Described, name: string, { own, secrets, instead }: World): readonly string[] {
  return instead[one.id]?.[name] ?? secrets[name] ?? ofTenant(one, name, own);
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

function pathOf(one: Described, world: World): Arbitrary<string> {
  const { id, path, names, access } = one;
  const values = names.map((name) => {
    // What is public of a site is everybody's, so its bytes would be no leak.
    const isPublic = access === 'anybody' && name === 'site';
    const foreign = isPublic ? [] : [fc.constantFrom(...ofTenant(one, name, world.foreign))];
    const strange = fc.oneof(...foreign, fc.uuid(), hostileText);
    const known = NEVER_OWN.includes(id) ? [] : [{ weight: 8, arbitrary: fc.constantFrom(...ofOwn(one, name, world)) }];
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
    campaigns: [ids.campaign ?? ''],
    job: [ids.job ?? ''],
    account: [ids.account ?? ''],
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

/** With ids of the other tenant among them, where ids stand in a body or a query. */
function knownOfBoth({ own, foreign }: World): Known {
  const [ours, theirs] = [knownOf(own), knownOf(foreign)];
  const mixed = WITH_IDS.map((name) => [name, [...(ours[name] ?? []), ...(theirs[name] ?? [])]] as const);
  return { ...ours, ...Object.fromEntries(mixed) };
}
const WITH_IDS = ['ids', 'parentId', 'campaign', 'campaigns', 'job', 'account', 'site', 'sites'];

function queryOf({ operation }: Described, world: World): Arbitrary<string> {
  const described = (operation.parameters ?? []).filter(({ in: where }) => where === 'query');
  const values = described.map(({ name, schema, required }: DocumentedParameter) => {
    const right = fitting(schema, world.document, knownOfBoth(world), name).map((value) => [value].flat().map(String));
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

function bodyOf(one: Described, world: World): Arbitrary<Body> {
  const nothing: Body = [null, undefined];
  const schema = bodySchemaOf(one, world.document);
  const isForm = one.operation.requestBody?.content['application/x-www-form-urlencoded'] !== undefined;
  if (['GET', 'OPTIONS'].includes(one.method)) return fc.constant(nothing);
  const json = (value: Arbitrary<unknown>): Arbitrary<Body> => value.map((body) => [JSON_TYPE, JSON.stringify(body)]);
  if (!schema)
    return fc.oneof({ weight: 5, arbitrary: fc.constant(nothing) }, { weight: 1, arbitrary: json(anyValue) });
  const fit = fitting(schema, world.document, knownOfBoth(world));
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
