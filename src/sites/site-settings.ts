import { EMAIL_WEIGHTS } from '../lib/email/email-signals.js';
import { SIGNAL_NAMES } from '../lib/spam/signal-names.js';
import type { Thresholds } from '../lib/spam/verdict.js';
import { DEFAULT_THRESHOLDS } from '../lib/spam/verdict.js';

export const MODERATION_POLICIES = ['all', 'new-authors', 'unsure', 'none'] as const;
export type ModerationPolicy = (typeof MODERATION_POLICIES)[number];

/** The signals whose weights an owner may change, and how far: what is three times as bad as we think is bad enough. */
export const WEIGHABLE_SIGNALS: readonly string[] = [...SIGNAL_NAMES, ...Object.keys(EMAIL_WEIGHTS)];
export const LARGEST_FACTOR = 3;

/** More would only keep readers waiting. */
export const LARGEST_BLIND_SHARE = 0.2;

/** A day: an author who comes back tomorrow writes a new comment. */
export const MOST_EDIT_MINUTES = 1_440;

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
  /** By the names of signals, what to multiply their weights by: 0 switches one off, 1 is what it is anyway. */
  readonly weights: Readonly<Record<string, number>>;
  /**
   * Of all comments, the share that a person decides on without knowing what the machine made of them, 0 to
   * `LARGEST_BLIND_SHARE`. It measures the filter; 0.02 is enough.
   */
  readonly blindShare: number;
  /** How long an author may edit what they sent, in minutes, to `MOST_EDIT_MINUTES`. 0: not at all. */
  readonly editMinutes: number;
  /** Whether forms ask for a proof of work while the site is flooded; what comes without one then is held. */
  readonly floodProof: boolean;
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
  weights: {},
  blindShare: 0,
  editMinutes: 15,
  floodProof: true,
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
