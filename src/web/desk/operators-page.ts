// The operators of the service, the form that invites another, and the link by which somebody sets a new password.
import type { Account } from '../../accounts/account.entity.js';
import type { Person } from '../../accounts/caller.js';
import type { OperatorInvitation } from '../../accounts/operator-invitation.entity.js';
import type { Page } from '../../accounts/page.js';
import type { MadeReset } from '../../accounts/password-resets.js';
import { html, type Html } from '../../platform/pages/html.js';
import { momentOf } from '../pages/moment.js';
import { shownOnce } from './field.js';
import { alertOf, faultsOf } from './form-refusal.js';
import { emailField, invitationRow, inviteLink, more, resetButton, type MembersNews } from './members-page.js';

const LIST = '/desk/operators';

export interface OperatorsScene {
  readonly person: Person;
  readonly operators: Page<Account>;
  readonly invitations: Page<OperatorInvitation>;
  readonly news: MembersNews;
}

export function renderOperators({ person, operators, invitations, news }: OperatorsScene): Html {
  const { typed, refusal, made } = news;
  return html`<h1>Operators</h1>
    <p>They look after all sites of this service, and its people.</p>
    ${alertOf(refusal ?? null)} ${made && inviteLink(made)}
    <ul class="rows">
      ${operators.items.map((operator) => row(operator, person))}
    </ul>
    ${more(operators, `${LIST}?cursor=`, 'More operators')}
    <section aria-labelledby="invite">
      <h2 id="invite">Invite another operator</h2>
      <form class="sign-in" method="post" action="${LIST}">
        ${emailField(typed?.email ?? '', typed && faultsOf(refusal ?? null)['/email'])}
        <p><button class="primary">Make the invitation</button></p>
      </form>
    </section>
    ${
      invitations.items.length > 0 &&
      html`<section aria-labelledby="open">
        <h2 id="open">Open invitations</h2>
        <ul class="rows">
          ${invitations.items.map((one) => invitationRow(one, '', LIST))}
        </ul>
        ${more(invitations, `${LIST}?invited=`, 'More invitations')}
      </section>`
    }`;
}

function row({ id, name, email }: Account, person: Person): Html {
  return html`<li>
    <div>
      <strong id="o-${id}"><bdi>${name}</bdi></strong>
      ${id === person.accountId && html`<span class="count">you</span>`}
      <p class="quiet"><bdi>${email}</bdi></p>
    </div>
    <div class="buttons">
      ${resetButton(id, `o-${id}`)}
      <a class="button" href="${LIST}/${id}/dismiss" aria-describedby="o-${id}">Dismiss…</a>
    </div>
  </li>`;
}

export function renderDismissal({ id, name, email }: Account): Html {
  return html`<h1>Dismiss <bdi>${name}</bdi>?</h1>
    <p><bdi>${email}</bdi> will not be an operator any more. The account stays, with what it is on its sites.</p>
    <form class="buttons" method="post" action="${LIST}/${id}/dismiss">
      <button class="delete">Dismiss the operator</button>
      <a class="button" href="${LIST}">Keep</a>
    </form>`;
}

export function renderResetLink({ url, expiresAt }: MadeReset): Html {
  return html`<h1>A link for a new password</h1>
    <div class="receipt" role="status">
      <p>
        Give it to the person themselves, and to nobody else: whoever opens it sets the password. An earlier link opens
        nothing any more.
      </p>
      ${shownOnce('link', 'Link for a new password', url, html`Shown this once. It opens one time, until ${momentOf(expiresAt.toISOString())}.`)}
    </div>
    <p class="trail"><a href="${LIST}">To the operators</a> · <a href="/desk/sites">To the sites</a></p>`;
}
