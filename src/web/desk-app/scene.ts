// What the page says of itself to its script: whose queue this is, and who looks at it.
import type { ModerationPolicy } from '../../sites/site-settings.js';

export interface DeskSite {
  readonly name: string;
  readonly policy: ModerationPolicy;
  readonly publishOnApproval: boolean;
  readonly mayDecide: boolean;
}

export interface Scene {
  /** Key of the site whose queue this is; null for that of all sites. */
  readonly site: string | null;
  readonly sites: Readonly<Record<string, DeskSite>>;
  /** What holds of a site that is not among them: an operator has more sites than a page can name. */
  readonly others: DeskSite;
  /** Whether rules and settings of the site are theirs to change. */
  readonly isOwner: boolean;
  readonly personId: string;
}

/** @throws Error when a page and a script do not belong together */
export function readScene(said: string | undefined): Scene {
  if (said === undefined) throw new Error('The page does not say which queue it shows.');
  return JSON.parse(said) as Scene;
}

export function siteOf(scene: Scene, key: string): DeskSite {
  return scene.sites[key] ?? scene.others;
}
