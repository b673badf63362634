// The API keys of a site, the form that makes another, and the page that asks before one is taken back.
import type { ApiKey } from '../../accounts/api-key.entity.js';
import { SCOPES, type Scope } from '../../platform/http/access.js';
import { html, type Html } from '../../platform/pages/html.js';
import type { Problem } from '../../platform/problem/problem.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { momentOf } from '../pages/moment.js';
import { sitePath } from './desk-links.js';
import { field, group, shownOnce, tick } from './field.js';
import { alertOf, faultsOf } from './form-refusal.js';

/** Before a scope in the name of its box: a form's fields have one value each. */
export const SCOPE_BOX = 'scope.';

const MAY: Readonly<Record<Scope, string>> = {
  'comments:write': 'submit comments',
  'moderation:read': 'read the queue, e-mail addresses included',
  'moderation:write': 'decide about comments',
  'site:admin': 'what else an owner may: settings, people, keys, the removal of the site',
};

/** What the form of the page has come to, where it did not lead elsewhere. */
export interface KeysNews {
  readonly made?: { readonly name: string; readonly key: string };
  readonly refusal?: Problem;
  readonly typed?: { readonly name: string; readonly scopes: readonly string[] };
}

export function renderKeys(site: KnownSite, keys: readonly ApiKey[], news: KeysNews): Html {
  const path = sitePath(site.key, '/keys');
  return html`<p class="trail"><a href="${sitePath(site.key, '/settings')}">Settings</a></p>
    <h1>Keys of <bdi>${site.name}</bdi></h1>
    <p>With a key a program calls this service in the name of the site.</p>
    ${alertOf(news.refusal ?? null)} ${news.made && madeKey(news.made)}
    ${
      keys.length === 0
        ? html`<div class="empty"><p>No program has a key.</p></div>`
        : html`<ul class="rows">
            ${keys.map((key) => row(key, path))}
          </ul>`
    }
    ${makeForm(path, news)}`;
}

function madeKey({ name, key }: { readonly name: string; readonly key: string }): Html {
  return html`<div class="receipt" role="status">
    <h2>The key is made</h2>
    ${shownOnce('key', `Key for ${name}`, key, 'Shown this once: the service keeps a digest only. Copy it now.')}
  </div>`;
}

function row({ id, name, scopes, createdAt, lastUsedAt }: ApiKey, path: string): Html {
  return html`<li>
    <div>
      <strong id="k-${id}"><bdi>${name}</bdi></strong>
      <p class="quiet">${scopes.map((scope, index) => html`${index > 0 && ', '}<code>${scope}</code>`)}</p>
      <p class="quiet">
        Made ${momentOf(createdAt.toISOString())},
        ${lastUsedAt ? html`last used ${momentOf(lastUsedAt.toISOString())}` : 'never used'}.
      </p>
    </div>
    <a class="button" href="${path}/${id}/revoke" aria-describedby="k-${id}">Take back…</a>
  </li>`;
}

function makeForm(path: string, { typed, refusal }: KeysNews): Html {
  const faults = faultsOf(refusal ?? null);
  const boxes = SCOPES.map((scope) =>
    tick({
      name: `${SCOPE_BOX}${scope}`,
      label: html`<code>${scope}</code>: ${MAY[scope]}`,
      isTicked: typed?.scopes.includes(scope) ?? false,
    }),
  );
  return html`<section aria-labelledby="make">
    <h2 id="make">Make a key</h2>
    <form class="settings" method="post" action="${path}">
      ${field({
        ...{ name: 'name', label: 'Name', value: typed?.name ?? '', fault: faults['/name'] },
        hint: 'Of the program that gets it. Each program has a key of its own.',
        rules: 'type="text" dir="auto" autocomplete="off" required maxlength="100"',
      })}
      ${group(
        {
          ...{ name: 'scopes', legend: 'What it may' },
          fault: faults['/scopes'] === undefined ? undefined : 'Tick at least one.',
        },
        boxes,
      )}
      <p><button class="primary">Make the key</button></p>
    </form>
  </section>`;
}

export function renderRevocation(site: KnownSite, { id, name }: ApiKey): Html {
  const path = sitePath(site.key, '/keys');
  return html`<h1>Take back the key <bdi>${name}</bdi>?</h1>
    <p>The program that has it is refused from then on. There is no way to give the same key again.</p>
    <form class="buttons" method="post" action="${path}/${id}/revoke">
      <button class="delete">Take the key back</button>
      <a class="button" href="${path}">Keep</a>
    </form>`;
}
