// What an invitation is for, and the form that takes it up: a name and a new password, the password of the account that
// exists, or a button for who is signed in as it.
import type { SeenInvitation } from '../../accounts/invitations.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../../accounts/password-rule.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { Page } from '../../platform/pages/page.js';
import type { Problem } from '../../platform/problem/problem.js';
import { momentOf } from '../pages/moment.js';
import { field } from './field.js';
import { alertOf, faultsOf, refusalInWords } from './form-refusal.js';
import { ROLE_WORDS } from './role-words.js';

export interface InvitationScene {
  readonly seen: SeenInvitation;
  readonly token: string;
  readonly refusal: Problem | null;
  readonly name: string;
  /** The address of the account whose session came along. */
  readonly signedInAs: string | null;
}

export function invitationPage(scene: InvitationScene): Page {
  const { seen, token, refusal } = scene;
  const title = seen.site ? `An invitation to ${seen.site.name}` : 'An invitation to run this service';
  return {
    title: refusal ? `${refusalInWords(refusal)} ${title}` : title,
    main: html`<h1>
        ${seen.site ? html`You are invited to <bdi>${seen.site.name}</bdi>` : 'You are invited to run this service'}
      </h1>
      <p>${whatFor(seen)} The invitation is open until ${momentOf(seen.expiresAt.toISOString())}.</p>
      ${alertOf(refusal)}
      <form class="sign-in" method="post" action="/desk/invitations/${token}">${fields(scene)}</form>`,
  };
}

function whatFor({ role }: SeenInvitation): Content {
  if (role === 'operator') return 'As an operator you look after all its sites, and its people.';
  const { a, may } = ROLE_WORDS[role];
  return html`As <strong>${a}</strong> you ${may}.`;
}

function fields({ seen, refusal, name, signedInAs }: InvitationScene): Html {
  const { email, hasAccount } = seen;
  const faults = faultsOf(refusal);
  if (hasAccount && signedInAs === email) {
    return html`<p>You are signed in as <bdi>${email}</bdi>.</p>
      <p><button class="primary">Accept the invitation</button></p>`;
  }
  return html`${signedInAs !== null && signedInAs !== email && html`<p class="hint">You are signed in as <bdi>${signedInAs}</bdi>. This invitation is for somebody else; accepting it signs you in as them.</p>`}
    ${field({ name: 'email', label: 'E-mail', value: email, rules: 'type="text" readonly autocomplete="username"' })}
    ${
      hasAccount
        ? field({
            ...{ name: 'password', label: 'Your password', fault: faults['/password'] },
            hint: 'There is an account with this address. It stays as it is, and gets the new role.',
            rules: 'type="password" autocomplete="current-password" required maxlength="1000"',
          })
        : html`${field({
            ...{ name: 'name', label: 'Your name', value: name, fault: faults['/name'] },
            hint: 'Your colleagues see it beside what you decide, and readers above your replies.',
            rules: 'type="text" autocomplete="name" required maxlength="100"',
          })}
          ${newPasswordField('password', faults['/password'])}`
    }
    <p><button class="primary">Accept the invitation</button></p>`;
}

export function newPasswordField(name: string, fault: string | undefined): Html {
  return field({
    ...{ name, label: 'New password', fault },
    hint: `At least ${SHORTEST_PASSWORD} characters. A few words are a good one.`,
    rules: `type="password" autocomplete="new-password" required minlength="${SHORTEST_PASSWORD}" maxlength="${LONGEST_PASSWORD}"`,
  });
}
