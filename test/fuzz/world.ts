// What requests are made of and who sends them: two tenants, people, and links that open once. A fresh one for each kind
// of operation, because what is sent wears it down.
import type { OpenApiDocument } from '../../src/web/openapi/openapi-document.js';
import { invite, tokenOf } from '../support/links.js';
import { makeTenant, type Tenant } from '../support/tenant.js';
import { asSuperuser, makeAccount, signInMember } from '../support/test-accounts.js';
import type { TestClient } from '../support/test-client.js';
import type { TestService } from '../support/test-service.js';
import type { Known } from './from-schema.js';

export const CALLERS = ['anonymous', 'owner', 'key', 'spare', 'operator'] as const;
export type CallerName = (typeof CALLERS)[number];

export interface World {
  readonly document: OpenApiDocument;
  readonly own: Tenant;
  readonly foreign: Tenant;
  /** What stands in paths and is no id. */
  readonly secrets: Known;
  /** What stands in the path of an operation and is another thing than elsewhere, by its id. */
  readonly instead: Readonly<Record<string, Known>>;
  readonly callers: Readonly<Record<CallerName, TestClient>>;
}

let serial = 0;

export async function makeWorld(service: TestService, operator: TestClient): Promise<World> {
  // In letters: the words of a tenant are looked for as words.
  const nth = String(++serial).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
  const own = await makeTenant(service, operator, `fuzz-own-${nth}`, `quokkaberg${nth}`);
  const foreign = await makeTenant(service, operator, `fuzz-foreign-${nth}`, `zephyrstein${nth}`);
  const spare = await signInMember(service, `spare-${nth}@fuzz.test`, { [own.site.key]: 'viewer' });
  const { body: document } = await service.anonymous.get<OpenApiDocument>('/openapi.json');
  const invitation = await invite(own.owner, own.site, `invited-${nth}@fuzz.test`);
  const { account = '' } = own.ids;
  const reset = await operator.post<{ url: string }>(`/v1/accounts/${account}/password-resets`);
  const receipts = await Promise.all([own.site.submit(), own.site.submit()]);
  for (const { id } of receipts) await own.site.settled(id);
  return {
    document,
    own,
    foreign,
    secrets: {
      token: [tokenOf(invitation), tokenOf(reset.body)],
      receipt: receipts.map(({ receipt }) => receipt),
    },
    instead: await operatorsAndSessions(service, operator, nth),
    callers: { operator, anonymous: service.anonymous, owner: own.owner, key: own.key, spare },
  };
}

async function operatorsAndSessions(
  service: TestService,
  operator: TestClient,
  nth: string,
): Promise<Readonly<Record<string, Known>>> {
  const invited = await operator.post<{ id: string }>('/v1/operators/invitations', { email: `next-${nth}@fuzz.test` });
  await makeAccount(service, `second-${nth}@fuzz.test`);
  const [second] = await asSuperuser<{ id: string }>(
    service,
    'update account set is_operator = true where email = $1 returning id',
    [`second-${nth}@fuzz.test`],
  );
  // Not the session that the others come by.
  await service.anonymous.signIn(`spare-${nth}@fuzz.test`, 'a password of a person');
  const [session] = await asSuperuser<{ id: string }>(
    service,
    `select s.id from session s join account a on a.id = s.account_id where a.email = $1 order by s.id desc limit 1`,
    [`spare-${nth}@fuzz.test`],
  );
  return {
    dismissOperator: { account: [second?.id ?? ''] },
    withdrawOperatorInvitation: { invitation: [invited.body.id] },
    endSession: { session: [session?.id ?? ''] },
  };
}
