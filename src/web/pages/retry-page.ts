// A comment that was sent as a form and not taken: says what to do, and holds all that was typed. It never sends anything
// anywhere but to where the form went.
import { safeHttpUrl } from '../../lib/markup/safe-url.js';
import { parseUrl } from '../../lib/markup/parse-url.js';
import { html, shownOr, type Html } from '../../platform/pages/html.js';
import type { Page } from '../../platform/pages/page.js';
import type { FieldFault, Problem } from '../../platform/problem/problem.js';
import { renderCommentForm, TYPED_FIELDS, type TypedField } from './comment-form.js';

export type FormFieldsTyped = Readonly<Record<string, string | undefined>>;

const HIDDEN = ['parentId', 'articleUrl', 'articleTitle', 'language', 'formToken', 'proof', 'redirect'];
const FIELD_OF: Readonly<Record<string, TypedField>> = {
  '/author/name': 'name',
  '/author/email': 'email',
  '/author/url': 'url',
  '/body': 'body',
};
const EMPTY: Readonly<Partial<Record<TypedField, string>>> = {
  name: 'Write your name, or any name you like.',
  email: 'Write your e-mail address. It will not be published.',
  body: 'Write your comment.',
};

/** @param action the path the form was sent to */
export function retryPage(problem: Problem, action: string, fields: FormFieldsTyped): Page {
  const { title, text } = wording(problem);
  const isLost = problem.status === 404 || problem.status === 403 || problem.code === 'article-closed';
  const target = parseUrl(fields.redirect ?? '');
  return {
    title,
    // The form ends with a redirect to the page it came from. Where that may be is for the intake to say.
    formTargets: target && /^https?:$/.test(target.protocol) ? [target.origin] : [],
    main: html`<h1>${title}</h1>
      <p role="alert">${text}</p>
      ${isLost ? keptText(fields) : retryForm(problem, action, fields)} ${wayBack(fields)}`,
  };
}

function wording(problem: Problem): { title: string; text: string } {
  const { code, status, extras } = problem;
  if (code === 'article-closed') {
    return {
      title: 'Comments are closed here',
      text: 'Your comment was not sent. Here is your text, to keep or to copy.',
    };
  }
  if (code === 'invalid-body') {
    const others = faultsElsewhere(extras.errors ?? []);
    return { title: 'Almost there', text: `Nothing is lost. Please mend what is marked, then send it again.${others}` };
  }
  if (status === 429) {
    const seconds = extras.headers?.['retry-after'];
    const wait = seconds === undefined ? 'Wait a moment' : `Wait ${waitInWords(Number(seconds))}`;
    return {
      title: 'One moment, please',
      text: `Many comments came at once. ${wait}, then send yours again: it is still here.`,
    };
  }
  if (status >= 500) {
    return {
      title: 'That did not work',
      text: 'This is our fault, not yours. Your text is still here: please send it again in a moment.',
    };
  }
  if (status === 403 || status === 404) {
    return {
      title: 'Your comment could not be sent',
      text: 'This form leads nowhere any more. Here is your text, to keep or to copy.',
    };
  }
  return { title: 'Your comment was not sent', text: 'Your text is still here: please send it again in a moment.' };
}

export function waitInWords(seconds: number): string {
  if (seconds <= 90) return `${seconds} second${seconds === 1 ? '' : 's'}`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} minutes`;
}

function faultsElsewhere(faults: readonly FieldFault[]): string {
  const isOrphan = faults.some(({ pointer }) => pointer === '/parentId');
  const others = faults.filter(({ pointer }) => !(pointer in FIELD_OF) && pointer !== '/parentId');
  const orphan = ' The comment you answer is not there any more; yours will stand on its own.';
  return `${isOrphan ? orphan : ''}${others.map(({ pointer, detail }) => ` ${pointer.slice(1)}: ${detail}`).join('')}`;
}

function retryForm(problem: Problem, action: string, fields: FormFieldsTyped): Html {
  const faults = problem.extras.errors ?? [];
  const isOrphan = faults.some(({ pointer }) => pointer === '/parentId');
  const hidden = HIDDEN.filter((name) => fields[name] && !(isOrphan && name === 'parentId'));
  return renderCommentForm({
    action,
    typed: Object.fromEntries(TYPED_FIELDS.map((name) => [name, fields[name] ?? ''])),
    hidden: Object.fromEntries(hidden.map((name) => [name, fields[name] ?? ''])),
    faults: faultsByField(faults, fields),
    send: 'Send it again',
  });
}

/** One sentence for each field: the first is mended first. */
function faultsByField(faults: readonly FieldFault[], fields: FormFieldsTyped): Partial<Record<TypedField, string>> {
  const byField: Partial<Record<TypedField, string>> = {};
  for (const { pointer, detail } of faults) {
    const field = FIELD_OF[pointer];
    if (!field) continue;
    const isEmpty = (fields[field] ?? '').trim() === '';
    byField[field] ??= (isEmpty ? EMPTY[field] : undefined) ?? detail;
  }
  return byField;
}

function keptText(fields: FormFieldsTyped): Html {
  return html`<blockquote class="kept" dir="auto">${fields.body}</blockquote>`;
}

function wayBack({ articleUrl, articleTitle }: FormFieldsTyped): Html | null {
  const url = safeHttpUrl(articleUrl ?? '');
  if (url === null) return null;
  return html`<p>
    <a href="${url}" rel="nofollow noopener">Back to <bdi>${shownOr(articleTitle, 'the article')}</bdi></a>
  </p>`;
}
