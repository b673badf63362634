// The verdict in a moderator's words. The numbers are the filter's; the sentences only say what they mean.
import type { QueueItemView } from '../../moderation/queue-item.js';
import { rulingOf } from '../../lib/spam/ruling.js';
import type { Label } from '../../lib/spam/verdict.js';
import type { ModerationPolicy } from '../../sites/site-settings.js';

export const LABEL_WORDS: Readonly<Record<Label, string>> = {
  ham: 'Looks fine',
  unsure: 'Not sure',
  spam: 'Looks like spam',
};

/** "Probably spam (spam probability 87 %)" */
export function probabilityInWords(probability: number): string {
  const percent = Math.round(probability * 100);
  const shown = percent < 1 ? 'under 1 %' : percent > 99 ? 'over 99 %' : `${percent} %`;
  return `${likelihood(probability)} (spam probability ${shown})`;
}

function likelihood(probability: number): string {
  if (probability < 0.05) return 'Almost certainly not spam';
  if (probability < 0.3) return 'Probably not spam';
  if (probability < 0.7) return 'Could be either';
  return probability < 0.95 ? 'Probably spam' : 'Almost certainly spam';
}

/** "strongly for spam" */
export function weightInWords(weight: number): string {
  const size = Math.abs(weight);
  if (size < 0.05) return 'says nothing either way';
  const strength = size < 0.5 ? 'slightly' : size < 1.5 ? 'somewhat' : size < 3 ? 'strongly' : 'very strongly';
  return `${strength} ${weight > 0 ? 'for' : 'against'} spam`;
}

/** "+3.2", with a real minus; nothing has no sign. */
export function signedWeight(weight: number): string {
  const size = Math.abs(weight).toFixed(1);
  return size === '0.0' ? size : `${weight < 0 ? '−' : '+'}${size}`;
}

/** A reason as a sentence. It may begin with somebody's host name, which is left as it is. */
export function capital(sentence: string): string {
  return /^\p{L}+[ ’]/u.test(sentence) ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence;
}

/** Why the comment is where it is, as far as its verdict and the site's policy tell. */
export function whyHere({ status, verdict, blind, author }: QueueItemView, policy: ModerationPolicy): string | null {
  if (blind) return BLIND;
  if (author.verified) return null;
  if (status === 'received' || !verdict) return 'It has not been looked at yet.';
  const ruling = rulingOf(verdict.signals);
  if (status === 'spam') {
    if (verdict.label !== 'spam') return 'A person marked it as spam.';
    return ruling === 'spam' ? 'Put away by a rule of this site.' : 'Put away, because the signals add up to spam.';
  }
  if (status !== 'pending') return null;
  if (verdict.label === 'spam')
    return `${ruling === 'spam' ? 'A rule of this site put it away' : 'The signals add up to spam'}, but a person put it back into the queue.`;
  if (ruling === 'hold') return 'Held by a rule of this site.';
  if (verdict.label === 'unsure') return 'Held, because the signals are not clear.';
  if (policy === 'all') return 'Held, because a person reads every comment on this site.';
  return policy === 'new-authors' ? 'Held, because the author is new here.' : 'Held for a person.';
}

const BLIND =
  'Decide without the machine’s answer. This comment was chosen at random, to see whether the filter and people agree; ' +
  'what it said is shown once you have decided.';

/** Where the score comes from. Nothing to say where nothing was added, or for a verdict whose score was not kept. */
export function scoreInWords({ score, signals }: NonNullable<QueueItemView['verdict']>): string | null {
  const added = signals.reduce((sum, { weight }) => sum + weight, 0);
  if (score === null || signals.every(({ weight }) => weight === 0)) return null;
  return `It begins at ${signedWeight(score - added)}; with all of these it comes to ${signedWeight(score)}.`;
}

/** "2 published, 1 rejected", or null for somebody who wrote nothing else. */
export function historyInWords(history: QueueItemView['authorHistory']): string | null {
  const known = Object.entries(history).filter(([, amount]) => amount > 0);
  if (known.length === 0) return null;
  return known.map(([status, amount]) => `${amount >= 100 ? '100 or more' : amount} ${status}`).join(', ');
}
