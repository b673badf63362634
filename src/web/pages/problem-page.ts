import { html } from '../../platform/pages/html.js';
import type { Page } from '../../platform/pages/page.js';
import { PROBLEMS, type ProblemCode } from '../../platform/problem/problem-catalogue.js';
import type { Problem } from '../../platform/problem/problem.js';

/** Where the catalogue speaks to programs, a person is told in their own words. */
const SAYS: Partial<Record<ProblemCode, { readonly title: string; readonly text: string }>> = {
  'not-found': { title: 'There is nothing here', text: 'The address may be mistyped, or what it led to is gone.' },
  'site-not-found': {
    title: 'There is no such site',
    text: 'Its key may be mistyped, it may be gone, or it is not yours to see.',
  },
  'comment-not-found': {
    title: 'This comment is gone',
    text: 'It may have been deleted, or its time to be kept has run out.',
  },
  'receipt-not-found': { title: 'There is no such receipt', text: 'Open the address exactly as it was given to you.' },
  'invitation-not-found': {
    title: 'This invitation opens nothing',
    text: 'It was used already, or withdrawn, or its seven days are over. Ask whoever sent it for a new one; if you have taken it up, sign in at the desk.',
  },
  'password-reset-not-found': {
    title: 'This link opens nothing',
    text: 'It was used already, or its day is over. Ask an operator of the service for a new one.',
  },
  'member-not-found': { title: 'There is no such member', text: 'Somebody may have removed them a moment ago.' },
  'account-not-found': { title: 'There is no such account', text: 'Go back to the list and look again.' },
  'session-not-found': { title: 'This session is over already', text: 'Go back to your account and look again.' },
  'search-too-wide': {
    title: 'That searches too many sites',
    text: 'Search for a rarer text, or in the queue of one site.',
  },
  'malformed-path': {
    title: 'There is nothing here',
    text: 'The address is not written as an address of ours can be.',
  },
  'malformed-query': {
    title: 'This address cannot be read',
    text: 'Something behind the question mark is wrong. Go back and try again.',
  },
  'invalid-cursor': { title: 'This page has moved on', text: 'Start again at the first page of the list.' },
  forbidden: { title: 'You may not do this', text: 'Ask an owner of the site for the role it needs.' },
  'cross-site-request': {
    title: 'Refused',
    text: 'This came from a page that is not ours. If you meant it, do it here.',
  },
  'method-not-allowed': { title: 'This address is not for sending', text: 'Open it in the ordinary way instead.' },
  'body-too-large': { title: 'That is too much at once', text: 'Go back, shorten it, and send it again.' },
};

/** A refusal in plain words; the request's id only where the operator can be of help with it. */
export function problemPage({ code, status, extras }: Problem, requestId: string): Page {
  const { title, text } = SAYS[code] ?? { title: PROBLEMS[code].title, text: extras.detail ?? PROBLEMS[code].help };
  return {
    title,
    main: html`<h1>${title}</h1>
      <p>${text}</p>
      ${status >= 500 && html`<p class="quiet">Request ${requestId}</p>`}
      <p><a href="/">To the front page</a></p>`,
  };
}
