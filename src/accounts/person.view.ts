import type { Person } from './caller.js';

export interface PersonView {
  readonly account: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly isOperator: boolean;
  };
  readonly sites: readonly { readonly key: string; readonly role: string }[];
}

/** An operator sees all sites by `GET /v1/sites`; here stand those they are a member of. */
export function viewPerson(person: Person): PersonView {
  const { accountId, email, name, isOperator, memberships } = person;
  return {
    account: { id: accountId, email, name, isOperator },
    sites: [...memberships].map(([key, { role }]) => ({ key, role })),
  };
}
