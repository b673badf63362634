// Says in sentences what a site's own model adds to the starter's score.
import type { Signal } from '../verdict.js';
import { count, quote } from '../wording.js';
import { nameOf } from './explain.js';
import { LINK_OWNER, numberOfPair, numberOfWord, type CommentReading } from './read-features.js';
import { makeSiteExample, SITE_FEATURES, type SiteExample } from './site-example.js';
import type { SiteModel } from './site-model.js';

export const SITE_SIGNALS = ['site-trust', 'site-spam-words', 'site-ham-words', 'site-habits'] as const;

/**
 * Signals that add up to the difference between the score with the site's model and `starterScore` alone, both in
 * log-odds. Their terms are as the filter reads them.
 */
export function explainSite(model: SiteModel, reading: CommentReading, starterScore: number): Signal[] {
  const example = makeSiteExample(reading.whole, starterScore);
  const { score, site, trust } = model.score(example);
  const words = wordSums(model, reading, example);
  const total = words.reduce((sum, { weight }) => sum + weight, 0);
  const { spam, ham } = model.learned;
  return [
    {
      name: 'site-trust',
      weight: score - site - starterScore,
      why: `by ${count(spam + ham, 'decision')} on this site, the filter that comes along counts ${Math.round(100 * trust)} % here`,
    },
    ...sideSignals(words, model, reading),
    { name: 'site-habits', weight: site - total, why: 'comments of such a build were decided so on this site' },
  ].filter(({ weight }) => weight !== 0);
}

interface WordSum {
  readonly owner: number;
  readonly weight: number;
}

/** By word, what the features add that the site has learned from. */
function wordSums(model: SiteModel, { whole }: CommentReading, example: SiteExample): WordSum[] {
  const sums = new Map<number, number>();
  const left = new Set(example.content);
  for (let at = 0; at < whole.content.length; at++) {
    const number = (whole.content[at] ?? 0) & (SITE_FEATURES - 1);
    if (!left.delete(number)) continue;
    const owner = whole.owners[at] ?? 0;
    sums.set(owner, (sums.get(owner) ?? 0) + model.weightOf(number, example.content.length));
  }
  return [...sums].map(([owner, weight]) => ({ owner, weight }));
}

function sideSignals(words: readonly WordSum[], model: SiteModel, reading: CommentReading): Signal[] {
  const side = (isSpam: boolean): Signal[] => {
    const ofSide = words.filter(({ weight }) => weight > 0 === isSpam && weight !== 0);
    if (ofSide.length === 0) return [];
    const weight = ofSide.reduce((sum, one) => sum + one.weight, 0);
    const strongest = ofSide.reduce((one, other) => (Math.abs(other.weight) > Math.abs(one.weight) ? other : one));
    const { term, times } = termOf(strongest.owner, isSpam, model, reading);
    const name = isSpam ? 'site-spam-words' : 'site-ham-words';
    return [{ name, weight, why: whyOf(isSpam, times, quote(term)), terms: [term] }];
  };
  return [...side(true), ...side(false)];
}

function whyOf(isSpam: boolean, times: number, term: string): string {
  // Where none had the word itself, parts of it were met in others.
  const what = times === 0 ? `words like ${term}` : `${count(times, 'comment')} with ${term}`;
  return `this site's moderators ${isSpam ? `marked ${what} as spam` : `accepted ${what}`}`;
}

/** The word, with a neighbour where moderators met both together about as often. */
function termOf(
  owner: number,
  isSpam: boolean,
  model: SiteModel,
  { text, whole }: CommentReading,
): { term: string; times: number } {
  const timesOf = (number: number): number => {
    const counts = model.countsOf(number & (SITE_FEATURES - 1));
    return isSpam ? counts.spam : counts.ham;
  };
  if (owner === LINK_OWNER) {
    const times = Math.max(
      0,
      ...Array.from(whole.content, (number, at) => (whole.owners[at] === owner ? timesOf(number) : 0)),
    );
    return { term: nameOf(text, owner), times };
  }
  const word = text.words[owner] ?? '';
  const times = timesOf(numberOfWord(word));
  const pairs = [
    [text.words[owner - 1], word],
    [word, text.words[owner + 1]],
  ].flatMap(([first, second]) =>
    first === undefined || second === undefined
      ? []
      : [{ term: `${first} ${second}`, times: timesOf(numberOfPair(first, second)) }],
  );
  const best = pairs.reduce((one, other) => (other.times > one.times ? other : one), { term: word, times: 0 });
  return best.times * 2 > times ? best : { term: word, times };
}
