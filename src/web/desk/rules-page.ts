// The rules of a site, the form that tries and makes another, and what a trial has found.
import type { Page } from '../../accounts/page.js';
import { LONGEST_RULE_VALUE, type RuleAction, type RuleField, type RuleMatch } from '../../lib/spam/rules/rule.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { Problem } from '../../platform/problem/problem.js';
import type { Trial, TrialExample } from '../../rules/rule-trial.js';
import type { SiteRule } from '../../rules/site-rule.entity.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { momentOf } from '../pages/moment.js';
import { commentPath, sitePath } from './desk-links.js';
import { choice, field, radios } from './field.js';
import { alertOf, faultsOf } from './form-refusal.js';
import { markHiddenText } from './mark-hidden.js';
import { more } from './members-page.js';

export type RuleTyped = Readonly<Record<'field' | 'match' | 'value' | 'action' | 'note', string>>;

/** What the form of the page has come to, where it did not lead elsewhere. */
export interface RulesNews {
  readonly typed?: RuleTyped;
  readonly trial?: Trial;
  readonly refusal?: Problem;
}

const FIELDS: Readonly<Record<RuleField, string>> = {
  text: 'the comment',
  host: 'a host its links lead to',
  name: 'the author’s name',
  address: 'the author’s e-mail address',
  network: 'the network it came from',
};

const MATCHES: Readonly<Record<RuleMatch, string>> = {
  word: 'has this word or phrase',
  exact: 'is exactly this',
  prefix: 'has a word that begins so',
  regex: 'fits this regular expression',
};

const ACTIONS: Readonly<Record<RuleAction, string>> = {
  hold: 'A person must look.',
  spam: 'It is put away as spam.',
  allow: 'It is taken for no spam, whatever it looks like and whatever other rules say.',
};

const NEW: RuleTyped = { field: 'text', match: 'word', value: '', action: 'hold', note: '' };

export function renderRules(site: KnownSite, rules: Page<SiteRule>, news: RulesNews): Html {
  const path = sitePath(site.key, '/rules');
  return html`<p class="trail"><a href="${sitePath(site.key, '/settings')}">Settings</a></p>
    <h1>Rules of <bdi>${site.name}</bdi></h1>
    <p>What you know better than any filter: a rule decides on every comment that is screened from then on.</p>
    ${alertOf(news.refusal ?? null)} ${news.trial && trialResult(site, news.trial)} ${ruleForm(path, news)}
    <section aria-labelledby="rules">
      <h2 id="rules">The rules there are</h2>
      ${
        rules.items.length === 0
          ? html`<div class="empty"><p>There is none.</p></div>`
          : html`<ul class="rows">
              ${rules.items.map((rule) => row(rule, path))}
            </ul>`
      }
      ${more(rules, `${path}?cursor=`, 'More rules')}
    </section>`;
}

function row({ id, field: place, match, value, action, note, createdAt, createdBy }: SiteRule, path: string): Html {
  return html`<li>
    <div>
      <p id="r-${id}">
        If ${FIELDS[place]} ${MATCHES[match]}: <strong><bdi>${markHiddenText(value)}</bdi></strong>
      </p>
      <p>${ACTIONS[action]}</p>
      <p class="quiet">
        ${note !== null && html`<bdi>${note}</bdi> `}Made ${momentOf(createdAt.toISOString())} by
        <bdi>${createdBy}</bdi>.
      </p>
    </div>
    <form method="post" action="${path}/${id}/remove">
      <button class="delete" aria-describedby="r-${id}">Remove</button>
    </form>
  </li>`;
}

/** Trying comes first: it is also what the Enter key does. */
function ruleForm(path: string, { typed = NEW, refusal }: RulesNews): Html {
  const faults = faultsOf(refusal ?? null);
  return html`<form class="settings" method="post" action="${path}">
    ${choice({ ...{ name: 'field', label: 'Where it looks', value: typed.field }, options: Object.entries(FIELDS) })}
    ${choice({ ...{ name: 'match', label: 'How it compares', value: typed.match }, options: Object.entries(MATCHES) })}
    ${field({
      ...{ name: 'value', label: 'What it looks for', value: typed.value },
      fault: faults['/value'] ?? faults['/match'] ?? faults['/field'],
      hint: html`A word; a host such as <code>casino.example</code>, with all below it; <code>@mail.example</code> for
        all addresses there; a network such as <code>203.0.113.0/24</code>.`,
      rules: `type="text" dir="auto" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="${LONGEST_RULE_VALUE}"`,
    })}
    ${radios({
      ...{ name: 'action', legend: 'Then', value: typed.action, fault: faults['/action'] },
      options: Object.entries(ACTIONS),
    })}
    ${field({
      ...{ name: 'note', label: 'Note', value: typed.note, fault: faults['/note'] },
      hint: 'For colleagues: why it is there.',
      rules: 'type="text" dir="auto" autocomplete="off" maxlength="500"',
    })}
    <p class="buttons">
      <button name="do" value="try">Try it on the last 30 days</button>
      <button class="primary" name="do" value="make">Make the rule</button>
    </p>
  </form>`;
}

function trialResult(site: KnownSite, { days, decided, caught, wrongly, capped, examples }: Trial): Html {
  return html`<div class="receipt" role="status">
    <h2>What the rule would have done</h2>
    <p>
      Of ${decided} ${decided === 1 ? 'comment' : 'comments'} on which people decided in the last ${days} days it
      catches
      <strong>${caught}</strong>, <strong>${wrongly}</strong> of them wrongly.
      ${capped && 'There were more than could be looked at; these are the newest.'}
    </p>
    ${exampleList(site, 'Caught rightly', examples.caught)} ${exampleList(site, 'Caught wrongly', examples.wrong)}
    <p>The rule is not made yet.</p>
  </div>`;
}

function exampleList(site: KnownSite, title: string, examples: readonly TrialExample[]): Content {
  if (examples.length === 0) return null;
  return html`<h3>${title}</h3>
    <ul>
      ${examples.map(
        ({ id, authorName, excerpt }) =>
          html`<li>
            <a href="${commentPath(site.key, id)}"><bdi>${markHiddenText(authorName)}</bdi></a
            >:
            <bdi>${markHiddenText(excerpt)}</bdi>
          </li>`,
      )}
    </ul>`;
}
