// Between a site and the text of its form: what stands in the fields, what they ask for, and what is wrong with them.
// The rules are those of ChangeSiteDto; here they only get words for somebody who sees fields and no members.
import type { ChangeSiteDto } from '../../administration/site.dto.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import type { Problem } from '../../platform/problem/problem.js';
import { normaliseOrigin } from '../../sites/origins.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { faultsOf } from './form-refusal.js';

const TEXTS = [
  ...(['name', 'origins', 'moderation', 'closeAfterDays', 'maxDepth'] as const),
  ...(['editMinutes', 'hold', 'spam', 'blindShare', 'reservedNames', 'blockedWords'] as const),
];

const TICKS = ['publishOnApproval', 'floodProof'] as const;

type Tick = (typeof TICKS)[number];
type TextField = (typeof TEXTS)[number];

export type SettingsTyped = Readonly<Record<TextField, string>> & Readonly<Record<Tick, boolean>>;

export type SettingsFaults = Readonly<Partial<Record<TextField, string>>>;

export function settingsAsTyped({ name, origins, settings }: KnownSite): SettingsTyped {
  const { moderation, publishOnApproval, closeAfterDays, maxDepth, floodProof } = settings;
  const { thresholds, blindShare, editMinutes, reservedNames, blockedWords } = settings;
  return {
    ...{ name, moderation, publishOnApproval, floodProof },
    origins: origins.join('\n'),
    closeAfterDays: closeAfterDays === null ? '' : String(closeAfterDays),
    maxDepth: String(maxDepth),
    editMinutes: String(editMinutes),
    hold: inPercent(thresholds.hold),
    spam: inPercent(thresholds.spam),
    blindShare: inPercent(blindShare),
    reservedNames: reservedNames.join('\n'),
    blockedWords: blockedWords.join('\n'),
  };
}

/** An unticked box sends nothing; every other field of the form sends its text, the empty one too. */
export function readSettingsTyped(fields: FieldsOfForm): SettingsTyped {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, (fields[name] ?? '').replace(/\r\n?/g, '\n')]));
  const ticks = Object.fromEntries(TICKS.map((name) => [name, fields[name] !== undefined]));
  return { ...(texts as Record<TextField, string>), ...(ticks as Record<Tick, boolean>) };
}

/** What the form asks for, still to be checked: a number that is none is handed on as one. */
export function askedOf(typed: SettingsTyped, site: KnownSite): Record<keyof ChangeSiteDto, unknown> {
  const { name, moderation, publishOnApproval, floodProof } = typed;
  // A phrase that a program stored may hold a line break, a threshold more digits than are shown: what nobody touched is
  // left alone.
  const standing = settingsAsTyped(site);
  const thresholds = (['hold', 'spam'] as const).filter((name) => typed[name] !== standing[name]);
  const lists = (['reservedNames', 'blockedWords'] as const).filter((list) => typed[list] !== standing[list]);
  return {
    name,
    origins: linesOf(typed.origins),
    settings: {
      ...{ moderation, publishOnApproval, floodProof },
      closeAfterDays: numberOf(typed.closeAfterDays),
      maxDepth: numberOf(typed.maxDepth),
      editMinutes: numberOf(typed.editMinutes),
      thresholds: Object.fromEntries(thresholds.map((name) => [name, fromPercent(typed[name])])),
      ...(typed.blindShare !== standing.blindShare && { blindShare: fromPercent(typed.blindShare) }),
      ...Object.fromEntries(lists.map((list) => [list, linesOf(typed[list])])),
    },
  };
}

/** What was meant, one a line: neither empty lines nor the same line twice. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

function numberOf(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

function inPercent(probability: number): string {
  return String(Number((100 * probability).toFixed(4)));
}

/** With a comma too, as much of the world writes it. */
function fromPercent(text: string): number {
  const [, number = 'none'] = /^(\d+(?:[.,]\d+)?)\s*%?$/.exec(text.trim()) ?? [];
  return Number((Number(number.replace(',', '.')) / 100).toFixed(6));
}

export function settingsFaults(refusal: Problem | null, { origins }: Pick<SettingsTyped, 'origins'>): SettingsFaults {
  const faults = Object.entries(faultsOf(refusal)).reverse();
  return Object.fromEntries(
    faults.flatMap(([pointer, detail]) => {
      const [, name, inside] = /^(?:\/settings)?(?:\/thresholds)?\/(\w+)(\/.*)?$/.exec(pointer) ?? [];
      const field = TEXTS.find((one) => one === name);
      if (!field) return [];
      // What is wrong inside a list is wrong with its characters, not with the list.
      return [[field, inside === undefined ? wordsFor(field, detail, origins) : detail]];
    }),
  );
}

const SAYS: Partial<Record<TextField, string>> = {
  moderation: 'Choose one of these.',
  closeAfterDays: 'Write a whole number of days, from 1 to 36500, or nothing.',
  maxDepth: 'Write a whole number from 0 to 20.',
  editMinutes: 'Write a whole number of minutes, from 0 to 1440.',
  hold: 'Write a number from 0 to 100, no larger than the one below.',
  spam: 'Write a number from 0 to 100.',
  blindShare: 'Write a number from 0 to 20.',
  reservedNames: 'Write one name a line: at most 100 names of at most 100 characters.',
  blockedWords: 'Write one word or phrase a line: at most 1000 of at most 100 characters.',
};

function wordsFor(field: TextField, detail: string, origins: string): string {
  return field === 'origins' ? originFault(detail, origins) : (SAYS[field] ?? detail);
}

function originFault(detail: string, typed: string): string {
  const lines = typed.split('\n').map((line) => line.trim());
  const wrong = lines.findIndex((line) => line !== '' && normaliseOrigin(line) === null);
  return wrong < 0 ? 'Write at most 100 origins.' : `Line ${wrong + 1}: ${detail}`;
}
