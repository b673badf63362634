import type { ScreeningResult } from '../comments/move-comment.js';
import { emailSignals } from '../lib/email/email-signals.js';
import { escapeHtml } from '../lib/markup/escape-html.js';
import { renderComment, RENDERER_VERSION } from '../lib/markup/render-comment.js';
import type { SiteModel } from '../lib/spam/classifier/site-model.js';
import { judge } from '../lib/spam/judge.js';
import type { Verdict } from '../lib/spam/verdict.js';
import { rulingOf } from '../lib/spam/ruling.js';
import { ownHosts } from '../sites/origins.js';
import { placeBlind } from './blind-share.js';
import type { ComparedComment } from './compare-comments.js';
import type { ReceivedComment } from './gather-evidence.js';
import { heldAfterSpam, placeByPolicy } from './policy.js';
import type { ScreeningSite } from './screening-sites.js';

/** The verdict on one comment and where it goes. Fail closed: what cannot be screened goes to a person. */
export function screen(comment: ComparedComment, site: ScreeningSite, siteModel: SiteModel | null): ScreeningResult {
  try {
    return judgeComment(comment, site, siteModel);
  } catch {
    return giveUp(comment);
  }
}

/** For a comment that the checks or the database cannot take: neither published nor lost. */
export function giveUp({ siteId, id, revision, text, linkDomains }: ReceivedComment): ScreeningResult {
  const why = 'The checks could not read this comment, so a person must.';
  const verdict: Verdict = {
    label: 'unsure',
    probability: 0.5,
    score: 0,
    signals: [{ name: 'screening-failed', weight: 0, why }],
  };
  const html = `<p>${escapeHtml(text.body)}</p>`;
  const rendered = { html, rendererVersion: RENDERER_VERSION, linkDomains, campaign: null };
  return { siteId, id, revision, to: 'pending', reason: why, verdict, ...rendered };
}

function judgeComment(
  comment: ComparedComment,
  { site, rules, isBlind }: ScreeningSite,
  siteModel: SiteModel | null,
): ScreeningResult {
  const { siteId, id, revision, linkDomains, kin } = comment;
  const { thresholds, blockedWords, weights } = site.settings;
  const facts = { ...comment.facts, ...kin.facts, blockedWords, rules, ownHosts: ownHosts(site), siteModel };
  const extraSignals = emailSignals(comment.text.authorEmail);
  const verdict = judge({ comment: comment.text, facts }, { thresholds, extraSignals, weights });
  const ruling = rulingOf(verdict.signals);
  const byPolicy = placeByPolicy(verdict.label, facts.authorPublished > 0, site.settings, ruling);
  const placement = comment.wasSpam ? heldAfterSpam(byPolicy) : byPolicy;
  const html = renderComment(comment.text.body);
  const rendered = { html, rendererVersion: RENDERER_VERSION, linkDomains, campaign: kin.campaign };
  // What a rule of the owner says is no estimate of ours, and a person need not say it again.
  const placed = ruling === null && isBlind(id) ? placeBlind(placement) : placement;
  return { siteId, id, revision, ...placed, verdict, ...rendered };
}
