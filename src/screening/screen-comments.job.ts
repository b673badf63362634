import { Injectable } from '@nestjs/common';
import { CommentMover, type ScreeningResult } from '../comments/move-comment.js';
import { emailSignals } from '../lib/email/email-signals.js';
import { renderComment, RENDERER_VERSION } from '../lib/markup/render-comment.js';
import { judge } from '../lib/spam/judge.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { SiteId } from '../platform/ids.js';
import { SiteDirectory, type KnownSite } from '../sites/site-directory.js';
import { gatherEvidence, type ReceivedComment } from './gather-evidence.js';
import { placeByPolicy } from './policy.js';
import type { ScreeningJobs } from './screening.queue.js';

/** Screens the comments of one job that are still `received`. May run twice: the second run finds nothing to do. */
@Injectable()
export class ScreenCommentsJob {
  constructor(
    private readonly database: Database,
    private readonly sites: SiteDirectory,
    private readonly mover: CommentMover,
    private readonly clock: Clock,
  ) {}

  /** @returns how many comments got a verdict */
  async run({ comments }: ScreeningJobs['screen-comments']): Promise<number> {
    const refs = comments.map(([siteId, id]) => ({ siteId, id }));
    // Before the transaction: a look-up inside it would hold one connection and wait for a second.
    const sites = await this.#sites(refs.map(({ siteId }) => siteId));
    return this.database.acrossSites('screen a batch', async (manager) => {
      const received = await gatherEvidence(manager, refs);
      const results: ScreeningResult[] = [];
      for (const comment of received) {
        const site = sites.get(comment.siteId);
        if (site) results.push(screen(comment, site));
      }
      const moved = await this.mover.screen(manager, results, this.clock.now());
      return moved.length;
    });
  }

  async #sites(ids: readonly SiteId[]): Promise<Map<SiteId, KnownSite>> {
    const sites = new Map<SiteId, KnownSite>();
    for (const id of new Set(ids)) {
      const site = await this.sites.byId(id);
      if (site) sites.set(id, site);
    }
    return sites;
  }
}

function screen(comment: ReceivedComment, site: KnownSite): ScreeningResult {
  const { siteId, id, revision } = comment;
  const { thresholds, blockedWords } = site.settings;
  const facts = { ...comment.facts, blockedWords, ownHosts: ownHosts(site) };
  const extraSignals = emailSignals(comment.text.authorEmail);
  const verdict = judge({ comment: comment.text, facts }, { thresholds, extraSignals });
  const { to, reason } = placeByPolicy(verdict.label, facts.authorPublished > 0, site.settings);
  const html = renderComment(comment.text.body);
  return { siteId, id, revision, to, reason, verdict, html, rendererVersion: RENDERER_VERSION };
}

/** Links to the site itself are no advertisement. A wildcard stands for its parent host. */
function ownHosts({ origins }: KnownSite): string[] {
  return origins.map((origin) => origin.replace(/^https?:\/\/(\*\.)?/, '').replace(/:\d+$/, ''));
}
