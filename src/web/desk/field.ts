// One labelled field of a form of the desk, with its hint and what is wrong with it.
import { html, trusted, type Content, type Html } from '../../platform/pages/html.js';

export interface Field {
  readonly name: string;
  readonly label: string;
  /** Attributes of ours, written as they stand in the page: nothing that somebody typed. */
  readonly rules: string;
  readonly value?: string;
  readonly hint?: Content;
  readonly fault?: string | undefined;
  readonly rows?: number;
}

export function field({ name, label, rules, value = '', hint, fault, rows }: Field): Html {
  const notes = [hint !== undefined && `hint-${name}`, fault !== undefined && `fault-${name}`].filter(Boolean);
  const attributes = trusted(
    [
      `id="${name}" name="${name}" ${rules}`,
      notes.length > 0 && `aria-describedby="${notes.join(' ')}"`,
      fault !== undefined && 'aria-invalid="true"',
    ]
      .filter(Boolean)
      .join(' '),
  );
  // A first newline in a textarea would be swallowed, hence one more.
  const control =
    rows === undefined
      ? html`<input ${attributes} value="${value}" />`
      : html`<textarea ${attributes} rows="${rows}">${'\n'}${value}</textarea>`;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${fault !== undefined && html`<p class="fault" id="fault-${name}">${fault}</p>`} ${control}
    ${hint !== undefined && html`<p class="hint" id="hint-${name}">${hint}</p>`}
  </div>`;
}

export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly value: string;
  /** For a label that must differ from others on the page. */
  readonly id?: string;
  readonly isLabelHidden?: boolean;
}

export function choice({ name, label, options, value, id = name, isLabelHidden = false }: Choice): Html {
  return html`<div class="field">
    <label for="${id}" class="${isLabelHidden ? 'unseen' : ''}">${label}</label>
    <select id="${id}" name="${name}">
      ${options.map(
        ([one, words]) => html`<option value="${one}" ${one === value && html`selected`}>${words}</option>`,
      )}
    </select>
  </div>`;
}

/** A secret that is shown once: to be copied, and not to be typed. */
export function shownOnce(name: string, label: string, value: string, hint: Content): Html {
  return html`<div class="field once">
    <label for="${name}">${label}</label>
    <input id="${name}" type="text" readonly dir="ltr" value="${value}" aria-describedby="hint-${name}" />
    <p class="hint" id="hint-${name}">${hint}</p>
  </div>`;
}

export interface Tick {
  readonly name: string;
  readonly label: Content;
  readonly isTicked: boolean;
}

export function tick({ name, label, isTicked }: Tick): Html {
  const checked = isTicked && html`checked`;
  return html`<label class="tick"
    ><input type="checkbox" name="${name}" value="yes" ${checked} /> <span>${label}</span></label
  >`;
}

export interface Group {
  readonly name: string;
  readonly legend: string;
  readonly fault?: string | undefined;
  readonly hint?: Content;
}

/** Fields that belong together, under one name; what is wrong is wrong with all of them. */
export function group({ name, legend, fault, hint }: Group, fields: Content): Html {
  const notes = [hint !== undefined && `hint-${name}`, fault !== undefined && `fault-${name}`].filter(Boolean);
  const described = notes.length > 0 && trusted(`aria-describedby="${notes.join(' ')}"`);
  return html`<fieldset ${described}>
    <legend>${legend}</legend>
    ${fault !== undefined && html`<p class="fault" id="fault-${name}">${fault}</p>`} ${fields}
    ${hint !== undefined && html`<p class="hint" id="hint-${name}">${hint}</p>`}
  </fieldset>`;
}

export interface Radios extends Group {
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly value: string;
}

/** For a choice whose words are sentences. */
export function radios({ options, value, ...rest }: Radios): Html {
  const row = ([one, words]: Radios['options'][number]): Html =>
    html`<label class="tick"
      ><input type="radio" name="${rest.name}" value="${one}" required ${one === value && html`checked`} />
      <span>${words}</span></label
    >`;
  return group(rest, options.map(row));
}
