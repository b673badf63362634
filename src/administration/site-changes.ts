import { isDeepStrictEqual } from 'node:util';
import type { Act } from '../accounts/record-act.js';
import type { KnownSite } from '../sites/site-directory.js';

/** What a change of a site was, for the record: which members, not what they hold. A form sends all of them each time. */
export function changesOf(before: KnownSite, after: KnownSite): Act[] {
  const acts: Act[] = [];
  if (before.name !== after.name) {
    acts.push({ action: 'site-renamed', subject: after.name, detail: { from: before.name } });
  }
  const settings = Object.entries(after.settings)
    .filter(
      ([name, value]) => !isDeepStrictEqual(value, Object.entries(before.settings).find(([one]) => one === name)?.[1]),
    )
    .map(([name]) => `settings.${name}`);
  const members = [...(isDeepStrictEqual(before.origins, after.origins) ? [] : ['origins']), ...settings];
  if (members.length > 0) acts.push({ action: 'settings-changed', detail: { members } });
  return acts;
}
