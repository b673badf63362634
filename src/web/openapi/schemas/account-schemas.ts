import { ROLES } from '../../../platform/http/access.js';
import { choice, flag, id, list, nullable, object, page, ref, text, time, webUrl, type Schema } from '../schema.js';

const invitation: Readonly<Record<string, Schema>> = {
  id: id('By which it is withdrawn.'),
  email: text('Who is invited.', 'grace@blog.example'),
  expiresAt: time('After that its link opens nothing.'),
};
const role = choice(ROLES, 'What they may do on the site.', 'moderator');
const person: Readonly<Record<string, Schema>> = {
  accountId: id('The account.'),
  email: text('The address they sign in with.', 'grace@blog.example'),
  name: text('Shown to colleagues.', 'Grace'),
};

/** A one-time link. Who has it can use it. */
const link = (folder: string): Schema =>
  webUrl(
    'The one-time link: send it to the person yourself. It is shown this once.',
    `https://comments.example/desk/${folder}/q83vEjRWeJCrze8SNFZ4kAq83vEjRWeJCrze8SNFZ4k`,
  );

/** People: who one is, who belongs to a site, who runs the service, and how one comes in. */
export const accountSchemas: Readonly<Record<string, Schema>> = {
  Account: object({
    id: id('The account.'),
    email: text('The address one signs in with.', 'grace@blog.example'),
    name: text('Shown to colleagues.', 'Grace'),
    isOperator: flag('May do everything on all sites.', false),
  }),
  Person: object({
    account: ref('Account'),
    sites: list(
      object({ key: text('Key of the site.', 'blog'), role }),
      'Those they are a member of. An operator sees all sites by `GET /v1/sites`.',
    ),
  }),
  Session: object({
    id: id('By which it is ended.'),
    device: nullable(text('The browser and its system, as far as they are known.', 'Firefox on Linux')),
    createdAt: time('When one signed in.'),
    lastSeenAt: time('To the minute.'),
    expiresAt: time('At the latest; two weeks without use end it sooner.'),
    isCurrent: flag('Whether it is the one that asks.', true),
  }),
  SessionsPage: page(ref('Session')),
  Member: object({ ...person, role, since: time('When they became one.') }),
  MembersPage: page(ref('Member')),
  Operator: object({ ...person, since: time('When the account was made.') }),
  OperatorsPage: page(ref('Operator')),
  Invitation: object({ ...invitation, role }),
  InvitationsPage: page(ref('Invitation')),
  NewInvitation: object({ ...invitation, role, url: link('invitations') }),
  OperatorInvitation: object(invitation),
  OperatorInvitationsPage: page(ref('OperatorInvitation')),
  NewOperatorInvitation: object({ ...invitation, url: link('invitations') }),
  NewPasswordReset: object({
    url: link('password-resets'),
    expiresAt: time('After that the link opens nothing.'),
  }),
  SeenInvitation: object({
    email: text('Who is invited.', 'grace@blog.example'),
    role: choice([...ROLES, 'operator'], 'As what.', 'moderator'),
    site: { anyOf: [ref('SiteLabel'), { type: 'null' }], description: 'Where; null for an operator.' },
    expiresAt: time('After that the link opens nothing.'),
    hasAccount: flag('Whether the address has an account: then its password is asked for, and no name.', false),
  }),
  SeenPasswordReset: object({
    email: text('Whose password it sets.', 'grace@blog.example'),
    expiresAt: time('After that the link opens nothing.'),
  }),
};
