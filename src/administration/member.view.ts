import type { Account } from '../accounts/account.entity.js';
import type { Invitation } from '../accounts/invitation.entity.js';
import type { Member } from '../accounts/members.js';
import type { OperatorInvitation } from '../accounts/operator-invitation.entity.js';
import type { MadeOperatorInvitation } from '../accounts/operators.js';
import type { Page } from '../accounts/page.js';
import type { MadeReset } from '../accounts/password-resets.js';
import type { MadeInvitation } from '../accounts/site-invitations.js';

export interface OperatorView {
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
  readonly since: string;
}

export interface MemberView extends OperatorView {
  readonly role: string;
}

export interface OperatorInvitationView {
  readonly id: string;
  readonly email: string;
  readonly expiresAt: string;
}

export interface InvitationView extends OperatorInvitationView {
  readonly role: string;
}

/** A one-time link: the only time it is shown. */
interface Shown {
  readonly url: string;
}

export function viewPage<Item, View>({ items, nextCursor }: Page<Item>, view: (item: Item) => View): Page<View> {
  return { items: items.map(view), nextCursor };
}

export function viewMember({ accountId, email, name, role, since }: Member): MemberView {
  return { accountId, email, name, role, since: since.toISOString() };
}

/** `since` is when the account was made: since when it is an operator's is not kept. */
export function viewOperator({ id, email, name, createdAt }: Account): OperatorView {
  return { accountId: id, email, name, since: createdAt.toISOString() };
}

export function viewInvitation({ id, email, role, expiresAt }: Invitation | MadeInvitation): InvitationView {
  return { id, email, role, expiresAt: expiresAt.toISOString() };
}

export function viewMadeInvitation(made: MadeInvitation): InvitationView & Shown {
  return { ...viewInvitation(made), url: made.url };
}

export function viewOperatorInvitation({
  id,
  email,
  expiresAt,
}: OperatorInvitation | MadeOperatorInvitation): OperatorInvitationView {
  return { id, email, expiresAt: expiresAt.toISOString() };
}

export function viewMadeOperatorInvitation(made: MadeOperatorInvitation): OperatorInvitationView & Shown {
  return { ...viewOperatorInvitation(made), url: made.url };
}

export function viewMadeReset({ url, expiresAt }: MadeReset): Shown & { readonly expiresAt: string } {
  return { url, expiresAt: expiresAt.toISOString() };
}
