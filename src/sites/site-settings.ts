import type { Thresholds } from '../lib/spam/verdict.js';
import { DEFAULT_THRESHOLDS } from '../lib/spam/verdict.js';

export const MODERATION_POLICIES = ['all', 'new-authors', 'unsure', 'none'] as const;
export type ModerationPolicy = (typeof MODERATION_POLICIES)[number];

/** What an owner may choose for a site. Stored as given; what is not given takes the default. */
export interface SiteSettings {
  /** Which ham a person must still see. */
  readonly moderation: ModerationPolicy;
  /** Whether what is approved is published at once. */
  readonly publishOnApproval: boolean;
  /** Days after which an article takes no new comments; null: never. */
  readonly closeAfterDays: number | null;
  /** How deep replies nest; deeper ones stand beside their parent. 0: no nesting. */
  readonly maxDepth: number;
  /** Probabilities from which a comment is held, and put away as spam. */
  readonly thresholds: Thresholds;
  /** Words and phrases that make a comment suspicious on this site. */
  readonly blockedWords: readonly string[];
  /** Names that no reader may take on this site: those of its people, say. */
  readonly reservedNames: readonly string[];
}

export const DEFAULT_SITE_SETTINGS: SiteSettings = {
  moderation: 'all',
  publishOnApproval: true,
  closeAfterDays: null,
  maxDepth: 5,
  thresholds: DEFAULT_THRESHOLDS,
  blockedWords: [],
  reservedNames: [],
};

export function completeSettings(stored: Partial<SiteSettings>): SiteSettings {
  return {
    ...DEFAULT_SITE_SETTINGS,
    ...stored,
    thresholds: { ...DEFAULT_THRESHOLDS, ...stored.thresholds },
  };
}
