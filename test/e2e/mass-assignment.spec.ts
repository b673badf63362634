// What a caller may not set, in every JSON body of /openapi.json and in every object inside it: it is refused, and nothing
// of the request is done.
import type { OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import type { Schema } from '../../src/web/openapi/schema.js';
import { bodySchemaOf, operationsOf, pathWith, resolve, type Described } from '../support/described.js';
import { invite, tokenOf } from '../support/links.js';
import { kept, makeTenant, SHARED_ARTICLE, type Tenant } from '../support/tenant.js';
import { asSuperuser } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import { startTestService, type TestService } from '../support/test-service.js';

const COVETED: Readonly<Record<string, unknown>> = {
  status: 'published',
  siteId: '01890a5d-ac96-774b-bcce-b302099a8057',
  probability: 0,
  isOperator: true,
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  createdAt: '2020-01-01T00:00:00Z',
  role: 'owner',
};

let service: TestService;
let operator: TestClient;
let tenant: Tenant;
let document: OpenApiDocument;
let operations: Described[];
let values: Record<string, string>;

beforeAll(async () => {
  service = await startTestService();
  operator = await service.signIn();
  tenant = await makeTenant(service, operator, 'coveted', 'quokkaberg');
  document = (await operator.get<OpenApiDocument>('/openapi.json')).body;
  operations = operationsOf(document);
  const { receipt } = await tenant.site.submit(SHARED_ARTICLE);
  const invitation = await invite(tenant.owner, tenant.site, 'third@quokkaberg.test');
  const reset = await operator.post<{ url: string }>(`/v1/accounts/${tenant.ids.account ?? ''}/password-resets`);
  values = { ...tenant.ids, receipt, invited: tokenOf(invitation), reset: tokenOf(reset.body) };
  // The comment of the receipt is screened in the meantime.
  await tenant.site.submitSettled(SHARED_ARTICLE);
}, 120_000);

afterAll(() => service.close());

/** A body with one member too many, and where it is. */
function coveting(schema: Schema, body: unknown, pointer = ''): [pointer: string, body: unknown][] {
  const { properties = {} } = resolve(schema, document) as { properties?: Readonly<Record<string, Schema>> };
  const members = Object.entries(COVETED).filter(([name]) => !(name in properties));
  const here = members.map(([name, value]): [string, unknown] => [
    `${pointer}/${name}`,
    { ...(body as object), [name]: value },
  ]);
  const inside = Object.entries(properties).flatMap(([name, member]) => {
    const value = (body as Record<string, unknown>)[name];
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) return [];
    return coveting(member, value, `${pointer}/${name}`).map(([at, changed]): [string, unknown] => [
      at,
      { ...(body as object), [name]: changed },
    ]);
  });
  return [...here, ...inside];
}

/** What all tables hold of people and of all sites, but for when somebody was last seen. */
async function everything(): Promise<unknown> {
  const people = await asSuperuser(
    service,
    `select id, email, name, is_operator, password_hash from account order by 1`,
  );
  const sites = await asSuperuser(service, 'select * from site order by id');
  return { people, sites, tenant: await kept(service, tenant) };
}

it('is refused by every route with its pointer, and changes nothing', async () => {
  const before = await everything();
  const found: unknown[] = [];
  let count = 0;
  for (const one of operations) {
    const schema = bodySchemaOf(one, document);
    if (!schema) continue;
    const token = one.path.includes('invitations') ? values.invited! : values.reset!;
    const path = pathWith(one.path, { ...values, token });
    const client = one.access === 'operator' ? operator : tenant.owner;
    for (const [pointer, body] of coveting(schema, one.body)) {
      count += 1;
      const { status, body: answer } = await client.request(one.method, path, body);
      const errors = (answer.errors ?? []) as { pointer: string; rule: string }[];
      const isSaid = errors.some((fault) => fault.pointer === pointer && fault.rule === 'unknown-member');
      if (status !== 422 || !isSaid) found.push({ id: one.id, pointer, status, errors });
    }
  }
  expect(found).toEqual([]);
  expect(count).toBeGreaterThan(200);
  expect(await everything()).toEqual(before);
}, 120_000);
