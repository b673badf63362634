import { html, type Html } from '../../platform/pages/html.js';
import type { Problem } from '../../platform/problem/problem.js';
import { field } from './field.js';
import { alertOf, faultsOf } from './form-refusal.js';
import { settingsFaults } from './settings-form.js';
import { nameField, originsField } from './settings-page.js';

/** Beside the sites and not among them: `new` may be the key of one. */
export const NEW_SITE = '/desk/new-site';

export interface NewSiteTyped {
  readonly key: string;
  readonly name: string;
  readonly origins: string;
}

export function renderNewSite({ key, name, origins }: NewSiteTyped, refusal: Problem | null): Html {
  const faults = settingsFaults(refusal, { origins });
  const isTaken = refusal?.code === 'site-key-taken';
  return html`<p class="trail"><a href="/desk/sites">Sites</a></p>
    <h1>A new site</h1>
    ${alertOf(refusal)}
    <form class="settings" method="post" action="${NEW_SITE}">
      ${field({
        ...{ name: 'key', label: 'Key', value: key },
        fault: isTaken ? 'Another site has this key.' : faultsOf(refusal)['/key'],
        hint: html`Small letters, digits and hyphens, as in <code>my-blog</code>. It stands in every address of the site
          and stays as it is.`,
        rules:
          'type="text" dir="ltr" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="63"',
      })}
      ${nameField(name, faults.name, 'As people see it. Empty: the key.')} ${originsField(origins, faults.origins)}
      <p><button class="primary">Make the site</button></p>
    </form>`;
}
