// Where a queue is taken over by its script: the same list, with keys, undo and news. Without the script the page works.
import { mayAct, type Person } from '../../accounts/caller.js';
import { publishAsset } from '../../platform/pages/assets.js';
import { html, type Content, type Html } from '../../platform/pages/html.js';
import type { KnownSite } from '../../sites/site-directory.js';
import type { DeskSite, Scene } from '../desk-app/scene.js';

let published: string | undefined;

/** Path of the script, which the build makes: looked for when the first page is asked for. */
export function script(): string {
  published ??= publishAsset(new URL('../desk-app/desk.js', import.meta.url));
  return published;
}

export function liveQueue(scene: Scene, list: Content): Html {
  return html`<div id="queue-app" data-scene="${JSON.stringify(scene)}">${list}</div>`;
}

export function sceneOfSite(person: Person, site: KnownSite): Scene {
  return {
    site: site.key,
    sites: { [site.key]: deskSite(person, site) },
    others: OTHERS,
    isOwner: mayAct(person, site.key, 'owner', 'site:admin'),
    personId: person.accountId,
  };
}

export function sceneEverywhere(person: Person, sites: readonly KnownSite[]): Scene {
  return {
    site: null,
    sites: Object.fromEntries(sites.map((site) => [site.key, deskSite(person, site)])),
    others: { ...OTHERS, mayDecide: person.isOperator },
    isOwner: person.isOperator,
    personId: person.accountId,
  };
}

/** As a new site is set up. */
const OTHERS: DeskSite = { name: '', policy: 'all', publishOnApproval: true, mayDecide: false };

function deskSite(person: Person, { key, name, settings }: KnownSite): DeskSite {
  return {
    name,
    policy: settings.moderation,
    publishOnApproval: settings.publishOnApproval,
    mayDecide: mayAct(person, key, 'moderator', 'moderation:write'),
  };
}
