// The people of a site, the form that invites another, and the page that asks before somebody is removed.
import type { Person } from '../../accounts/caller.js';
import type { Member } from '../../accounts/members.js';
import type { Page } from '../../accounts/page.js';
import type { Invitation } from '../../accounts/invitation.entity.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { Problem } from '../../platform/problem/problem.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { momentOf } from '../pages/moment.js';
import { sitePath } from './desk-links.js';
import { choice, field, shownOnce } from './field.js';
import { alertOf, faultsOf } from './form-refusal.js';
import { ROLE_CHOICES, ROLE_WORDS } from './role-words.js';

/** A link that was just made. */
export interface ShownLink {
  readonly email: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/** What a form of the page has come to, where it did not lead elsewhere. */
export interface MembersNews {
  readonly refusal?: Problem;
  readonly made?: ShownLink;
  readonly typed?: { readonly email: string; readonly role: string };
}

export interface MembersScene {
  readonly site: KnownSite;
  readonly person: Person;
  readonly members: Page<Member>;
  readonly invitations: Page<Invitation>;
  readonly news: MembersNews;
}

export function renderMembers(scene: MembersScene): Html {
  const { site, members, news } = scene;
  const path = sitePath(site.key, '/members');
  return html`<h1>Members of <bdi>${site.name}</bdi></h1>
    ${alertOf(news.refusal ?? null)} ${news.made && inviteLink(news.made)}
    ${
      members.items.length === 0
        ? html`<div class="empty"><p>Nobody belongs to this site yet. Operators look after it.</p></div>`
        : html`<ul class="rows">
            ${members.items.map((member) => row(member, scene, path))}
          </ul>`
    }
    ${more(members, `${path}?cursor=`, 'More members')} ${inviteForm(path, news)} ${openInvitations(scene, path)}`;
}

/** The link, once. */
export function inviteLink({ email, url, expiresAt }: ShownLink): Html {
  return html`<div class="receipt" role="status">
    <h2>The invitation is made</h2>
    <p>Send this link to <bdi>${email}</bdi> yourself: this service sends no e-mail.</p>
    ${shownOnce('link', 'Link of the invitation', url, html`Shown this once. It opens one time, until ${momentOf(expiresAt.toISOString())}.`)}
  </div>`;
}

function row(member: Member, { person }: MembersScene, path: string): Html {
  const { accountId: id, name, email, role, since } = member;
  return html`<li>
    <div>
      <strong id="m-${id}"><bdi>${name}</bdi></strong>
      ${id === person.accountId && html`<span class="count">you</span>`}
      <p class="quiet"><bdi>${email}</bdi>, since ${momentOf(new Date(since).toISOString())}</p>
    </div>
    <div class="buttons">
      <form class="inline" method="post" action="${path}/${id}/role">
        ${choice({ ...{ name: 'role', label: `Role of ${name}`, options: ROLE_CHOICES, value: role }, id: `role-${id}`, isLabelHidden: true })}
        <button aria-describedby="m-${id}">Change</button>
      </form>
      <a class="button" href="${path}/${id}/remove" aria-describedby="m-${id}"
        >${id === person.accountId ? 'Leave…' : 'Remove…'}</a
      >
      ${person.isOperator && resetButton(id, `m-${id}`)}
    </div>
  </li>`;
}

export function resetButton(accountId: string, describedBy: string): Html {
  return html`<form method="post" action="/desk/accounts/${accountId}/password-resets">
    <button aria-describedby="${describedBy}">Make a reset link</button>
  </form>`;
}

function inviteForm(path: string, { typed, refusal }: MembersNews): Html {
  return html`<section aria-labelledby="invite">
    <h2 id="invite">Invite somebody</h2>
    <form class="sign-in" method="post" action="${path}">
      ${emailField(typed?.email ?? '', typed && faultsOf(refusal ?? null)['/email'])}
      ${choice({ ...{ name: 'role', label: 'Role', options: ROLE_CHOICES }, value: typed?.role ?? 'moderator' })}
      <p class="hint">${ROLE_CHOICES.map(([role, words]) => html`${words}: may ${ROLE_WORDS[role].may}. `)}</p>
      <p><button class="primary">Make the invitation</button></p>
    </form>
  </section>`;
}

export function emailField(value: string, fault: string | undefined): Html {
  return field({
    ...{ name: 'email', label: 'E-mail', value, fault },
    rules:
      'type="text" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="254"',
  });
}

function openInvitations({ invitations }: MembersScene, path: string): Content {
  if (invitations.items.length === 0) return null;
  return html`<section aria-labelledby="open">
    <h2 id="open">Open invitations</h2>
    <ul class="rows">
      ${invitations.items.map((one) => invitationRow(one, ` as ${ROLE_WORDS[one.role].a}`, path))}
    </ul>
    ${more(invitations, `${path}?invited=`, 'More invitations')}
  </section>`;
}

export function invitationRow(
  { id, email, expiresAt }: Pick<Invitation, 'id' | 'email' | 'expiresAt'>,
  as: string,
  path: string,
): Html {
  return html`<li>
    <div>
      <strong id="i-${id}"><bdi>${email}</bdi></strong
      >${as}
      <p class="quiet">Open until ${momentOf(expiresAt.toISOString())}.</p>
    </div>
    <form method="post" action="${path}/invitations/${id}/withdraw">
      <button aria-describedby="i-${id}">Withdraw</button>
    </form>
  </li>`;
}

export function more({ nextCursor }: Page<unknown>, path: string, words: string): Content {
  if (nextCursor === null) return null;
  return html`<nav class="pager" aria-label="${words}">
    <a href="${path}${encodeURIComponent(nextCursor)}" rel="next">${words}</a>
  </nav>`;
}

export function renderRemoval(site: KnownSite, { accountId, name, email }: Member, isOneself: boolean): Html {
  const path = sitePath(site.key, '/members');
  return html`<h1>${isOneself ? html`Leave <bdi>${site.name}</bdi>?` : html`Remove <bdi>${name}</bdi>?`}</h1>
    <p>
      ${isOneself ? 'You' : html`<bdi>${email}</bdi>`} will not see <bdi>${site.name}</bdi> any more. What was decided
      stays; a new invitation brings them back.
    </p>
    <form class="buttons" method="post" action="${path}/${accountId}/remove">
      <button class="delete">${isOneself ? 'Leave the site' : 'Remove from the site'}</button>
      <a class="button" href="${path}">${isOneself ? 'Stay' : 'Keep'}</a>
    </form>`;
}
