// The form a reader writes a comment in: on the demo's page, and again with all that was typed when something is to be
// mended. It knows no article and no site; where it is sent to is told.
import { html, trusted, type Html } from '../../platform/pages/html.js';
import { escapeHtml } from '../../lib/markup/escape-html.js';

export const TYPED_FIELDS = ['name', 'email', 'url', 'body', 'website'] as const;
export type TypedField = (typeof TYPED_FIELDS)[number];

export interface CommentForm {
  readonly action: string;
  readonly typed: Readonly<Partial<Record<TypedField, string>>>;
  /** What the reader does not see and the service needs. */
  readonly hidden: Readonly<Record<string, string>>;
  /** A sentence for each field that must be mended. */
  readonly faults: Readonly<Partial<Record<TypedField, string>>>;
  readonly send: string;
}

interface Field {
  readonly name: TypedField;
  readonly label: string;
  readonly hint?: string;
  readonly attributes: string;
}

const NAME: Field = { name: 'name', label: 'Name', attributes: 'autocomplete="name" required maxlength="100"' };
const EMAIL: Field = {
  name: 'email',
  label: 'E-mail',
  attributes: 'type="email" autocomplete="email" required maxlength="254"',
};
// Not `type="url"`: browsers would refuse `example.org`, which we understand.
const URL_FIELD: Field = {
  name: 'url',
  label: 'Your website',
  hint: 'If you like. Your name will link to it.',
  attributes: 'inputmode="url" autocomplete="url" maxlength="2048"',
};
const BODY: Field = {
  name: 'body',
  label: 'Comment',
  hint: 'Markdown works: *emphasis*, > quotes, `code` and links.',
  attributes: 'required maxlength="10000" rows="7" dir="auto"',
};

export function renderCommentForm(form: CommentForm): Html {
  const firstFault = [BODY, NAME, EMAIL, URL_FIELD].find(({ name }) => form.faults[name] !== undefined)?.name;
  const field = (one: Field): Html => renderField(one, form, one.name === firstFault);
  return html`<form class="comment-form" method="post" action="${form.action}">
    <p class="promise">Your email address will not be published.</p>
    ${field(BODY)}
    <div class="columns">${field(NAME)}${field(EMAIL)}</div>
    ${field(URL_FIELD)} ${trap(form.typed.website ?? '')}
    ${Object.entries(form.hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <p><button class="primary">${form.send}</button></p>
  </form>`;
}

function renderField({ name, label, hint, attributes }: Field, form: CommentForm, isFirstFault: boolean): Html {
  const fault = form.faults[name];
  const notes = [hint !== undefined && `${name}-hint`, fault !== undefined && `${name}-fault`].filter(Boolean);
  const common = [
    `id="field-${name}" name="${name}" ${attributes}`,
    notes.length > 0 && `aria-describedby="${notes.join(' ')}"`,
    fault !== undefined && 'aria-invalid="true"',
    isFirstFault && 'autofocus',
  ]
    .filter(Boolean)
    .join(' ');
  return html`<div class="field">
    <label for="field-${name}"
      >${label}${!attributes.includes('required') && html` <span class="quiet">(optional)</span>`}</label
    >
    ${fault !== undefined && html`<p class="fault" id="${name}-fault">${fault}</p>`} ${control(name, common, form)}
    ${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
  </div>`;
}

/** The attributes are ours alone; what was typed is escaped here. A first newline would be swallowed, hence one more. */
function control(name: TypedField, attributes: string, { typed }: CommentForm): Html {
  const value = escapeHtml(typed[name] ?? '');
  return name === 'body'
    ? trusted(`<textarea ${attributes}>\n${value}</textarea>`)
    : trusted(`<input ${attributes} value="${value}" />`);
}

/** People and screen readers do not meet it; programs fill it in. */
function trap(value: string): Html {
  return html`<div class="trap" aria-hidden="true">
    <label for="field-website">Leave this empty</label>
    <input id="field-website" name="website" tabindex="-1" autocomplete="off" value="${value}" />
  </div>`;
}
