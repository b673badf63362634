import { expectProblem } from './problems.js';
import { TestClient, type Answer } from './test-client.js';
import type { TestService } from './test-service.js';
import type { TestSite } from './test-site.js';

/* One-time links, as people get and open them. */

export interface MadeLink {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly expiresAt: string;
  readonly url: string;
}

export interface PersonBody {
  readonly account: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly isOperator: boolean;
  };
  readonly sites: readonly { readonly key: string; readonly role: string }[];
}

/** The secret at the end of a link. */
export function tokenOf({ url }: { readonly url: string }): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

export async function invite(
  inviter: TestClient,
  site: TestSite,
  email: string,
  role = 'moderator',
): Promise<MadeLink> {
  const answer = await inviter.post<MadeLink>(site.path('/invitations'), { email, role });
  if (answer.status !== 201) throw new Error(`Inviting failed: ${answer.text}`);
  return answer.body;
}

export function accept(client: TestClient, token: string, body?: unknown): Promise<Answer<PersonBody>> {
  return client.post<PersonBody>(`/v1/invitations/${token}/acceptance`, body);
}

/** Invites somebody new and takes the invitation up for them. @returns a client signed in as them */
export async function join(
  service: TestService,
  inviter: TestClient,
  site: TestSite,
  { email, role, password }: { readonly email: string; readonly role: string; readonly password: string },
): Promise<{ client: TestClient; accountId: string }> {
  const token = tokenOf(await invite(inviter, site, email, role));
  const answer = await accept(service.anonymous, token, { name: 'A Person', password });
  if (answer.status !== 201) throw new Error(`Joining failed: ${answer.text}`);
  return { client: clientOf(service, answer), accountId: answer.body.account.id };
}

/** With the cookie that the answer set. */
export function clientOf(service: TestService, answer: Answer<unknown>): TestClient {
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return new TestClient(service.url, { cookie });
}

/** A link that opens nothing, whichever way it came to that. */
export async function expectDeadInvitation(client: TestClient, token: string): Promise<void> {
  expectProblem(await client.get(`/v1/invitations/${token}`), 404, 'invitation-not-found');
  const answer = await accept(client, token, { name: 'Mallory', password: 'a good password' });
  expectProblem(answer, 404, 'invitation-not-found');
  expect(answer.headers.getSetCookie()).toEqual([]);
}
