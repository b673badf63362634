import type { KnownSite } from '../sites/site-directory.js';
import type { SiteSettings } from '../sites/site-settings.js';

export interface SiteView {
  readonly key: string;
  readonly name: string;
  readonly origins: readonly string[];
  readonly settings: SiteSettings;
  readonly createdAt: string;
}

export function viewSite({ key, name, origins, settings, createdAt }: KnownSite): SiteView {
  return { key, name, origins, settings, createdAt: createdAt.toISOString() };
}
