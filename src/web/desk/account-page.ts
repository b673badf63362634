// A person's own account as a page: their name, their password, and where they are signed in.
import type { SessionView } from '../../accounts/account.view.js';
import type { Person } from '../../accounts/caller.js';
import type { Page } from '../../accounts/page.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { Problem } from '../../platform/problem/problem.js';
import { agoInWords, momentOf } from '../pages/moment.js';
import { field } from './field.js';
import { alertOf, faultsOf } from './form-refusal.js';
import { newPasswordField } from './invitation-page.js';

/** A form of the page that was refused. A password that was typed is not given back. */
export type AccountAttempt =
  | { readonly form: 'name'; readonly name: string; readonly refusal: Problem }
  | { readonly form: 'password'; readonly refusal: Problem };

export interface AccountScene {
  readonly person: Person;
  readonly sessions: Page<SessionView>;
  readonly attempt: AccountAttempt | null;
  readonly now: Date;
}

export function renderAccount(scene: AccountScene): Html {
  const { person, attempt } = scene;
  return html`<h1>Your account</h1>
    ${alertOf(attempt?.refusal ?? null)}
    <p>You are <bdi>${person.email}</bdi>${person.isOperator && ', an operator of this service'}.</p>
    ${nameForm(person, attempt)} ${passwordForm(person, attempt)} ${sessionList(scene)}`;
}

function nameForm(person: Person, attempt: AccountAttempt | null): Html {
  const isRefused = attempt?.form === 'name';
  return html`<section aria-labelledby="name-heading">
    <h2 id="name-heading">Name</h2>
    <form class="sign-in" method="post" action="/desk/account">
      ${field({
        ...{ name: 'name', label: 'Your name', value: isRefused ? attempt.name : person.name },
        fault: isRefused ? faultsOf(attempt.refusal)['/name'] : undefined,
        hint: 'Your colleagues see it beside what you decide, and readers above your replies.',
        rules: 'type="text" autocomplete="name" required maxlength="100"',
      })}
      <p><button>Save the name</button></p>
    </form>
  </section>`;
}

function passwordForm({ email }: Person, attempt: AccountAttempt | null): Html {
  const refusal = attempt?.form === 'password' ? attempt.refusal : null;
  const faults = faultsOf(refusal);
  const isWrong = refusal?.code === 'wrong-password';
  return html`<section aria-labelledby="password-heading">
    <h2 id="password-heading">Password</h2>
    <form class="sign-in" method="post" action="/desk/account/password">
      <input type="hidden" name="username" autocomplete="username" value="${email}" />
      ${field({
        ...{ name: 'currentPassword', label: 'Current password' },
        fault: isWrong ? 'This is not your password.' : faults['/currentPassword'],
        rules: 'type="password" autocomplete="current-password" required maxlength="1000"',
      })}
      ${newPasswordField('newPassword', faults['/newPassword'])}
      <p><button>Change the password</button></p>
    </form>
  </section>`;
}

function sessionList({ sessions: { items, nextCursor }, now }: AccountScene): Html {
  const hasOthers = items.length > 1 || nextCursor !== null;
  return html`<section aria-labelledby="sessions">
    <h2 id="sessions">Where you are signed in</h2>
    <ul class="rows">
      ${items.map((session) => sessionRow(session, now))}
    </ul>
    ${nextCursor !== null && html`<nav class="pager" aria-label="Pages of sessions"><a href="/desk/account?cursor=${encodeURIComponent(nextCursor)}#sessions" rel="next">More sessions</a></nav>`}
    ${
      hasOthers &&
      html`<form method="post" action="/desk/account/sessions/others/end">
        <button>Sign out everywhere else</button>
      </form>`
    }
  </section>`;
}

function sessionRow({ id, device, createdAt, lastSeenAt, isCurrent }: SessionView, now: Date): Content {
  const name = device ?? 'An unknown device';
  return html`<li>
    <div>
      <strong id="s-${id}">${name}</strong> ${isCurrent && html`<span class="count">this one</span>`}
      <p class="quiet">Last seen ${agoInWords(lastSeenAt, now)}, signed in since ${momentOf(createdAt)}.</p>
    </div>
    ${
      !isCurrent &&
      html`<form method="post" action="/desk/account/sessions/${id}/end">
        <button aria-describedby="s-${id}">Sign out</button>
      </form>`
    }
  </li>`;
}
