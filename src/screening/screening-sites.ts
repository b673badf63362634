import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SiteModels } from '../learning/site-models.js';
import type { SiteModel } from '../lib/spam/classifier/site-model.js';
import type { RuleSet } from '../lib/spam/rules/rule-set.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { Secrets } from '../platform/signing/secrets.js';
import { SiteRules } from '../rules/site-rules.js';
import { SiteDirectory, type KnownSite } from '../sites/site-directory.js';
import { isChosen } from './blind-share.js';

/** A site with all of it that the screening of its comments asks for. */
export interface ScreeningSite {
  readonly site: KnownSite;
  readonly rules: RuleSet;
  /** Whether people decide on a comment of it without the machine's answer. */
  readonly isBlind: (comment: CommentId) => boolean;
}

/** The sites of a batch. */
@Injectable()
export class ScreeningSites {
  constructor(
    private readonly sites: SiteDirectory,
    private readonly rules: SiteRules,
    private readonly secrets: Secrets,
    private readonly models: SiteModels,
  ) {}

  /** Those that are still there. */
  async find(ids: Iterable<SiteId>): Promise<Map<SiteId, ScreeningSite>> {
    const found = new Map<SiteId, ScreeningSite>();
    for (const id of new Set(ids)) {
      const site = await this.sites.byId(id);
      if (!site) continue;
      const isBlind = (comment: CommentId): boolean => isChosen(this.secrets, site, comment);
      found.set(id, { site, rules: await this.rules.of(id), isBlind });
    }
    return found;
  }

  /** What those that have taught the filter anything have taught it; inside the transaction, on its connection. */
  taught(manager: EntityManager, ids: Iterable<SiteId>): Promise<Map<SiteId, SiteModel>> {
    return this.models.of(manager, [...ids]);
  }
}
