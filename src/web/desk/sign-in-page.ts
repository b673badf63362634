import { html } from '../../platform/pages/html.js';
import type { Page } from '../../platform/pages/page.js';
import { PROBLEMS } from '../../platform/problem/problem-catalogue.js';
import type { Problem } from '../../platform/problem/problem.js';
import { waitInWords } from '../pages/retry-page.js';

/** A path of the desk and nothing else: who signs in is never sent elsewhere by an address somebody gave them. */
const DESK_PATH = /^\/desk(?:[/?][\x21-\x7e]{0,2000})?$/;

export interface SignInAttempt {
  readonly problem: Problem | null;
  readonly email: string;
  /** Where to go afterwards. */
  readonly to: string;
}

export function deskPathOr(path: string, otherwise: string): string {
  return DESK_PATH.test(path) ? path : otherwise;
}

export function signInPage({ problem, email, to }: SignInAttempt): Page {
  return {
    title: problem ? `${wording(problem)} Sign in` : 'Sign in',
    main: html`<h1>Sign in to the desk</h1>
      ${problem && html`<p class="alert" role="alert">${wording(problem)}</p>`}
      <form class="sign-in" method="post" action="/desk/session">
        <input type="hidden" name="to" value="${to}" />
        <div class="field">
          <label for="email">E-mail</label>
          <input
            id="email"
            name="email"
            type="text"
            inputmode="email"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            required
            maxlength="254"
            value="${email}"
          />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            maxlength="1000"
          />
        </div>
        <p><button class="primary">Sign in</button></p>
      </form>
      <p class="hint">
        The first account and its password were shown in the terminal when Winnow was started for the first time.
      </p>`,
  };
}

/** The same words for an unknown address and a wrong password. */
function wording({ code, extras }: Problem): string {
  if (code === 'wrong-credentials') return 'The e-mail address or the password is wrong.';
  if (code === 'invalid-body') return 'Write your e-mail address and your password.';
  if (code === 'not-signed-in') return 'You are signed out. Sign in and do it once more.';
  if (code === 'cross-site-request') return 'That came from a page that is not ours. Sign in here.';
  if (code === 'too-many-requests') {
    const wait = waitInWords(Number(extras.headers?.['retry-after'] ?? 60));
    return `Too many wrong passwords from here. Try again in ${wait}.`;
  }
  return `${PROBLEMS[code].title}.`;
}
