import { make } from './dom.js';
import { FormField } from './form-field.js';
import type { Speech } from './speech.js';

export type TypedName = 'body' | 'name' | 'email' | 'url';

/** The fields a reader fills in, in the order in which faults are mended. */
export function makeFields({ texts }: Speech): Record<TypedName, FormField> {
  const required = { required: true };
  const body = make('textarea', { ...required, rows: '6', maxlength: '10000', dir: 'auto' });
  const name = make('input', { ...required, autocomplete: 'name', maxlength: '100', dir: 'auto' });
  const email = make('input', { ...required, type: 'email', autocomplete: 'email', maxlength: '254' });
  // Not `type="url"`: browsers would refuse `example.org`, which the service understands.
  const url = make('input', { inputmode: 'url', autocomplete: 'url', maxlength: '2048' });
  const optional = make('span', {}, `${texts.url} `, make('span', { class: 'quiet' }, `(${texts.optional})`));
  return {
    body: new FormField('body', body, texts.body, texts.markup),
    name: new FormField('name', name, texts.name),
    email: new FormField('email', email, texts.email),
    url: new FormField('url', url, optional),
  };
}
