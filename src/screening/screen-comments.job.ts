import { Injectable } from '@nestjs/common';
import { CommentMover, type ScreeningResult } from '../comments/move-comment.js';
import { renderComment, RENDERER_VERSION } from '../lib/markup/render-comment.js';
import { emailSignals } from '../lib/email/email-signals.js';
import { escapeHtml } from '../lib/markup/escape-html.js';
import { judge } from '../lib/spam/judge.js';
import type { Verdict } from '../lib/spam/verdict.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { isRowFault } from '../platform/database/row-fault.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { SiteDirectory, type KnownSite } from '../sites/site-directory.js';
import { gatherEvidence, type ReceivedComment } from './gather-evidence.js';
import { placeByPolicy } from './policy.js';
import type { ScreeningJobs } from './screening.queue.js';

interface Ref {
  readonly siteId: SiteId;
  readonly id: CommentId;
}

type Screen = (comment: ReceivedComment, site: KnownSite) => ScreeningResult;

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
    const sites = await this.#sites(refs);
    return this.#byHalves(refs, sites);
  }

  /** One comment that the database will not take must not hold up the others of its job. */
  async #byHalves(refs: readonly Ref[], sites: ReadonlyMap<SiteId, KnownSite>): Promise<number> {
    try {
      return await this.#batch(refs, sites, screen);
    } catch (error) {
      if (!isRowFault(error)) throw error;
      if (refs.length === 1) return this.#batch(refs, sites, giveUp);
      const half = Math.ceil(refs.length / 2);
      const first = await this.#byHalves(refs.slice(0, half), sites);
      return first + (await this.#byHalves(refs.slice(half), sites));
    }
  }

  #batch(refs: readonly Ref[], sites: ReadonlyMap<SiteId, KnownSite>, decide: Screen): Promise<number> {
    return this.database.acrossSites('screen a batch', async (manager) => {
      const results: ScreeningResult[] = [];
      for (const comment of await gatherEvidence(manager, refs)) {
        const site = sites.get(comment.siteId);
        if (site) results.push(decide(comment, site));
      }
      return (await this.mover.screen(manager, results, this.clock.now())).length;
    });
  }

  async #sites(refs: readonly Ref[]): Promise<Map<SiteId, KnownSite>> {
    const sites = new Map<SiteId, KnownSite>();
    for (const id of new Set(refs.map(({ siteId }) => siteId))) {
      const site = await this.sites.byId(id);
      if (site) sites.set(id, site);
    }
    return sites;
  }
}

/** Fail closed: what cannot be screened is not published, and not lost either; a person gets it. */
function screen(comment: ReceivedComment, site: KnownSite): ScreeningResult {
  try {
    return judgeComment(comment, site);
  } catch {
    return giveUp(comment);
  }
}

function judgeComment(comment: ReceivedComment, site: KnownSite): ScreeningResult {
  const { siteId, id, revision } = comment;
  const { thresholds, blockedWords } = site.settings;
  const facts = { ...comment.facts, blockedWords, ownHosts: ownHosts(site) };
  const extraSignals = emailSignals(comment.text.authorEmail);
  const verdict = judge({ comment: comment.text, facts }, { thresholds, extraSignals });
  const { to, reason } = placeByPolicy(verdict.label, facts.authorPublished > 0, site.settings);
  const html = renderComment(comment.text.body);
  return { siteId, id, revision, to, reason, verdict, html, rendererVersion: RENDERER_VERSION };
}

function giveUp({ siteId, id, revision, text }: ReceivedComment): ScreeningResult {
  const why = 'The checks could not read this comment, so a person must.';
  const verdict: Verdict = {
    label: 'unsure',
    probability: 0.5,
    score: 0,
    signals: [{ name: 'screening-failed', weight: 0, why }],
  };
  const html = `<p>${escapeHtml(text.body)}</p>`;
  return { siteId, id, revision, to: 'pending', reason: why, verdict, html, rendererVersion: RENDERER_VERSION };
}

/** Links to the site itself are no advertisement. A wildcard stands for its parent host. */
function ownHosts({ origins }: KnownSite): string[] {
  return origins.map((origin) => origin.replace(/^https?:\/\/(\*\.)?/, '').replace(/:\d+$/, ''));
}
