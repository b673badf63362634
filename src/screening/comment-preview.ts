import { Injectable } from '@nestjs/common';
import type { ScreeningResult } from '../comments/move-comment.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { newId, type CommentId, type SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { compareComments } from './compare-comments.js';
import { gatherForTrial, type TriedComment } from './gather-evidence.js';
import { screen } from './screen-comment.js';
import { ScreeningSites } from './screening-sites.js';

/** Longer than this it is a fault of ours. */
const TIMEOUT_MS = 5_000;

/**
 * What the screening would make of a text that came now: by the same facts and the same code, on a transaction that
 * cannot write. It crosses sites as the screening does, for what other sites say of a link or of the text.
 */
@Injectable()
export class CommentPreview {
  constructor(
    private readonly database: Database,
    private readonly sites: ScreeningSites,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `site-not-found` */
  async judge(siteId: SiteId, tried: TriedComment): Promise<ScreeningResult> {
    // Before the transaction: a look-up inside it would hold one connection and wait for a second.
    const site = (await this.sites.find([siteId])).get(siteId);
    if (!site) throw new Problem('site-not-found');
    const at = this.clock.now();
    return this.database.acrossSites('try a text', async (manager) => {
      await manager.query(`set transaction read only; set local statement_timeout = ${TIMEOUT_MS}`);
      const comment = await gatherForTrial(manager, { siteId, id: newId<CommentId>(), at }, tried);
      const [compared] = await compareComments(manager, [comment], at);
      const models = await this.sites.taught(manager, [siteId]);
      if (!compared) throw new Error('A text was compared and none came back.');
      return screen(compared, { ...site, isBlind: () => false }, models.get(siteId) ?? null);
    });
  }
}
