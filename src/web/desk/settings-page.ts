// What an owner may choose for a site, as one form.
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { Problem } from '../../platform/problem/problem.js';
import type { KnownSite } from '../../sites/site-directory.js';
import type { ModerationPolicy } from '../../sites/site-settings.js';
import { sitePath } from './desk-links.js';
import { field, radios, tick } from './field.js';
import { alertOf, faultsOf } from './form-refusal.js';
import { settingsAsTyped, settingsFaults, type SettingsFaults, type SettingsTyped } from './settings-form.js';

/** A form of the page that was refused, with what was typed. */
export type SettingsAttempt =
  | { readonly form: 'settings'; readonly typed: SettingsTyped; readonly refusal: Problem }
  | { readonly form: 'removal'; readonly typed: string; readonly refusal: Problem };

const POLICIES: Readonly<Record<ModerationPolicy, string>> = {
  all: 'Every comment waits until somebody has approved it.',
  'new-authors': 'What looks fine goes out if its author was published here before; everything else waits.',
  unsure: 'What looks fine goes out; only what the filter is not sure of waits.',
  none: 'Everything goes out but what looks like spam.',
};

const FLOOD_PROOF =
  'While the site is flooded, browsers prove some work before they send; what comes without that waits for a person';

export function renderSettings(site: KnownSite, attempt: SettingsAttempt | null): Html {
  const refused = attempt?.form === 'settings' ? attempt : null;
  const typed = refused?.typed ?? settingsAsTyped(site);
  const faults = settingsFaults(refused?.refusal ?? null, typed);
  return html`<h1>Settings of <bdi>${site.name}</bdi></h1>
    ${alertOf(attempt?.refusal ?? null)}
    <p>
      <a href="${sitePath(site.key, '/rules')}">Rules: what is held, put away or allowed</a><br />
      <a href="${sitePath(site.key, '/keys')}">Keys for programs</a><br />
      <a href="${sitePath(site.key, '/audit')}">What was done, and by whom</a>
    </p>
    <form class="settings" method="post" action="${sitePath(site.key, '/settings')}">
      ${nameField(typed.name, faults.name)} ${originsField(typed.origins, faults.origins)} ${whoGoesOut(typed, faults)}
      ${filterFields(site, typed, faults)} ${pageFields(typed, faults)} ${wordFields(typed, faults)}
      <p><button class="primary">Save the settings</button></p>
    </form>
    ${removalForm(site, attempt?.form === 'removal' ? attempt : null)}`;
}

/** Its key is typed, because nothing brings a site back. */
function removalForm(site: KnownSite, refused: { readonly typed: string; readonly refusal: Problem } | null): Html {
  return html`<section aria-labelledby="remove">
    <h2 id="remove">Remove the site</h2>
    <p>Its pages, comments, decisions, members and keys go with it, at once and for good.</p>
    <form class="settings" method="post" action="${sitePath(site.key, '/remove')}">
      ${field({
        ...{ name: 'key', label: 'Key of the site', value: refused?.typed ?? '' },
        fault: faultsOf(refused?.refusal ?? null)['/key'],
        hint: html`Write <code>${site.key}</code> if you are sure.`,
        rules: 'type="text" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="63"',
      })}
      <p><button class="delete">Remove the site for good</button></p>
    </form>
  </section>`;
}

export function nameField(value: string, fault: string | undefined, hint?: Content): Html {
  const rules = `type="text" dir="auto" autocomplete="off" maxlength="200" ${hint === undefined ? 'required' : ''}`;
  return field({ ...{ name: 'name', label: 'Name', value, fault, rules }, ...(hint !== undefined && { hint }) });
}

export function originsField(value: string, fault: string | undefined): Html {
  return field({
    ...{ name: 'origins', label: 'Origins', value, fault, rows: 4 },
    hint: html`Addresses of the pages from which readers may post, one a line: <code>https://blog.example</code>,
      without a path. <code>https://*.blog.example</code> stands for one label. From other pages no browser may post.`,
    rules: 'dir="ltr" autocapitalize="none" autocomplete="off" spellcheck="false"',
  });
}

function whoGoesOut({ moderation, publishOnApproval }: SettingsTyped, { moderation: fault }: SettingsFaults): Html {
  return html`${radios({
    ...{ name: 'moderation', legend: 'Who looks first', value: moderation, fault },
    options: Object.entries(POLICIES),
    hint: 'What looks like spam is put away under each of them.',
  })}
  ${tick({ name: 'publishOnApproval', label: 'What is approved is published at once', isTicked: publishOnApproval })}`;
}

function filterFields({ key }: KnownSite, typed: SettingsTyped, faults: SettingsFaults): Html {
  const rules = 'type="text" inputmode="decimal" autocomplete="off" maxlength="10" required';
  return html`${field({
    ...{ name: 'hold', label: 'Hold from (percent)', rules, value: typed.hold, fault: faults.hold },
    hint: 'How likely spam a comment must be before the filter is not sure of it. Lower holds more.',
  })}
  ${field({
    ...{ name: 'spam', label: 'Put away from (percent)', rules, value: typed.spam, fault: faults.spam },
    hint: 'How likely spam it must be to be put away without anybody looking.',
  })}
  ${field({
    ...{
      name: 'blindShare',
      label: 'Decide blindly (percent)',
      rules,
      value: typed.blindShare,
      fault: faults.blindShare,
    },
    hint: html`Of all comments, how many wait for a person who is not told what the filter thinks, spam among them. So
      <a href="${sitePath(key, '/filter')}">you see how often it is wrong</a>. 0 is none; 2 is enough.`,
  })}`;
}

function pageFields(typed: SettingsTyped, faults: SettingsFaults): Html {
  const rules = 'type="text" inputmode="numeric" autocomplete="off" maxlength="10"';
  return html`${field({
    ...{ name: 'closeAfterDays', label: 'Days until a page closes', rules },
    ...{ value: typed.closeAfterDays, fault: faults.closeAfterDays },
    hint: 'Counted from the first comment of the page. Empty: pages stay open.',
  })}
  ${field({
    ...{ name: 'maxDepth', label: 'Depth of replies', rules: `${rules} required` },
    ...{ value: typed.maxDepth, fault: faults.maxDepth },
    hint: 'From 0 to 20. Deeper replies stand beside what they answer.',
  })}
  ${field({
    ...{ name: 'editMinutes', label: 'Minutes to edit a comment', rules: `${rules} required` },
    ...{ value: typed.editMinutes, fault: faults.editMinutes },
    hint: 'So long its author may change what they sent; it is looked at again then. 0: not at all.',
  })}
  ${tick({ name: 'floodProof', label: FLOOD_PROOF, isTicked: typed.floodProof })}`;
}

function wordFields(typed: SettingsTyped, faults: SettingsFaults): Html {
  const rules = 'dir="auto" autocomplete="off" spellcheck="false"';
  return html`${field({
    ...{ name: 'reservedNames', label: 'Reserved names', rules, rows: 4 },
    ...{ value: typed.reservedNames, fault: faults.reservedNames },
    hint: 'One a line. No reader may post under such a name, nor under one that looks like it.',
  })}
  ${field({
    ...{ name: 'blockedWords', label: 'Blocked words', rules, rows: 6 },
    ...{ value: typed.blockedWords, fault: faults.blockedWords },
    hint: 'Plain words or phrases, one a line. One of them holds a comment, three put it away.',
  })}`;
}
