// A sentence for each thing that can be done on a site.
import type { RecordedAct } from '../../accounts/recorded-act.entity.js';
import type { ActAction } from '../../accounts/record-act.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import { commentPath } from './desk-links.js';
import { markHiddenText } from './mark-hidden.js';
import { ROLE_WORDS } from './role-words.js';

interface Told {
  readonly siteKey: string;
  /** What it was done to; empty where that is not kept. */
  readonly subject: string;
  /** A word or a number of the detail; empty where there is none. */
  readonly said: (name: string) => string;
  readonly list: (name: string) => readonly string[];
}

const quoted = (text: string): Html => html`“<bdi>${markHiddenText(text)}</bdi>”`;
const isolated = (text: string): Html => html`<bdi>${markHiddenText(text)}</bdi>`;

const SENTENCES: Readonly<Record<ActAction, (told: Told) => Content>> = {
  'site-made': ({ subject }) => html`made the site ${quoted(subject)}`,
  'site-renamed': ({ subject, said }) => html`renamed the site from ${quoted(said('from'))} to ${quoted(subject)}`,
  'settings-changed': ({ list }) => html`changed settings: ${list('members').map(nameOfSetting).join(', ')}`,
  'rule-made': (told) => html`made a rule: ${ruleInWords(told)}`,
  'rule-changed': (told) => html`changed a rule, which now says: ${ruleInWords(told)}`,
  'rule-removed': (told) => html`removed a rule: ${ruleInWords(told)}`,
  'member-invited': ({ subject, said }) => html`invited ${isolated(subject)} as ${roleOf(said('role'))}`,
  'invitation-withdrawn': ({ subject }) => html`withdrew the invitation of ${isolated(subject)}`,
  'member-joined': ({ said }) => html`joined as ${roleOf(said('role'))}`,
  'role-changed': ({ subject, said }) =>
    html`made ${isolated(subject)} ${roleOf(said('to'))}, who was ${roleOf(said('from'))}`,
  'member-removed': ({ subject }) => html`removed ${isolated(subject)} from the site`,
  'api-key-made': ({ subject, list }) => html`made the key ${quoted(subject)} for ${list('scopes').join(', ')}`,
  'api-key-revoked': ({ subject }) => html`took back the key ${quoted(subject)}`,
  'article-opened': ({ subject }) => html`opened the article ${quoted(subject)}`,
  'article-closed': ({ subject }) => html`closed the article ${quoted(subject)}`,
  'author-standing': (told) => standingInWords(told),
  'campaign-decided': ({ said }) => html`decided on ${comments(said('count'))} of a campaign: ${said('decision')}`,
  'bulk-decided': ({ said }) => html`decided on ${comments(said('count'))} at once: ${said('decision')}`,
  'large-act-begun': ({ said }) => html`began a large act: ${said('decision')}`,
  'large-act-stopped': ({ said }) => html`stopped a large act: ${said('decision')}`,
  'note-deleted': (told) =>
    html`deleted a note of ${isolated(told.said('writtenBy'))} on
    ${told.said('on') === 'author' ? html`the author of ${aComment(told)}` : aComment(told)}`,
  'person-exported': ({ said }) => html`exported what is kept of an author, with ${comments(said('comments'))}`,
  'person-erased': ({ said }) => html`erased what is kept of an author, with ${comments(said('comments'))}`,
};

/** "Mo closed the article “Spring”." An act of a later version is named as it is stored. */
export function describeAct(siteKey: string, act: RecordedAct): Html {
  const { actorKind, actorName, action, subject } = act;
  const detail = new Map(Object.entries(act.detail ?? {}));
  const told: Told = {
    ...{ siteKey, subject: subject ?? '' },
    said: (name) => wordOf(detail.get(name)),
    list: (name) => listOf(detail.get(name)),
  };
  const sentence = isKnown(action) ? SENTENCES[action](told) : action;
  const who = actorKind === 'program' ? html`The key ${quoted(actorName)}` : isolated(actorName);
  return html`${who} ${sentence}.`;
}

function isKnown(action: string): action is ActAction {
  return Object.hasOwn(SENTENCES, action);
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(wordOf) : [];
}

function roleOf(role: string): string {
  return Object.entries(ROLE_WORDS).find(([name]) => name === role)?.[1].a ?? role;
}

function comments(count: string): string {
  return count === '1' ? '1 comment' : `${count} comments`;
}

/** As the settings page calls them. */
const SETTINGS: Readonly<Record<string, string>> = {
  origins: 'origins',
  'settings.moderation': 'who looks first',
  'settings.publishOnApproval': 'publishing on approval',
  'settings.closeAfterDays': 'days until a page closes',
  'settings.maxDepth': 'depth of replies',
  'settings.thresholds': 'percentages for holding and putting away',
  'settings.weights': 'weights of signals',
  'settings.blindShare': 'deciding blindly',
  'settings.editMinutes': 'minutes to edit a comment',
  'settings.floodProof': 'proof of work in a flood',
  'settings.blockedWords': 'blocked words',
  'settings.reservedNames': 'reserved names',
};

function nameOfSetting(member: string): string {
  return SETTINGS[member] ?? member.replace('settings.', '');
}

const LOOKS_AT: Readonly<Record<string, string>> = {
  text: 'the comment',
  host: 'hosts of links',
  name: 'authors’ names',
  address: 'an e-mail address',
  network: 'a network',
};
const DOES: Readonly<Record<string, string>> = { hold: 'hold', spam: 'put away as spam', allow: 'allow' };

function ruleInWords({ subject, said }: Told): Html {
  const place = LOOKS_AT[said('field')] ?? said('field');
  return html`${DOES[said('action')] ?? said('action')}, by ${place}${subject !== '' && html`: ${quoted(subject)}`}`;
}

function aComment({ siteKey, subject }: Told): Html {
  return html`<a href="${commentPath(siteKey, subject)}">a comment</a>`;
}

const STANDINGS: Readonly<Record<string, string>> = {
  trusted: 'trusted',
  banned: 'banned',
  none: 'took back the trust in, or the ban of,',
};

function standingInWords(told: Told): Html {
  return html`${STANDINGS[told.said('standing')] ?? told.said('standing')} the author of ${aComment(told)}`;
}
