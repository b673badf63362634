// The table of docs/filter.md: what a filter gets right, by source and under each disguise, and what it costs.
import { DISGUISES } from '../../lib/spam/classifier/disguises.js';
import type { Filter } from '../../lib/spam/classifier/filter.js';
import { calibrationError, errorArea, recallAt, shareAbove, type Scored } from '../../lib/spam/classifier/measures.js';
import { makeRandom } from '../../lib/spam/classifier/random.js';
import { judgeText } from '../score/judge-text.js';
import type { LabelledComment } from '../train/labelled-comment.js';

/** All but `spam`, `ham` and the name in percent; NaN where a kind is missing. */
export interface Row {
  readonly name: string;
  readonly spam: number;
  readonly ham: number;
  readonly errorArea: number;
  /** At 0.1, 0.5 and 1 % of ham wrongly caught. */
  readonly recall: readonly [number, number, number];
  /** Above the shipped thresholds. */
  readonly caught: { readonly hold: number; readonly spam: number };
  readonly wrongly: { readonly hold: number; readonly spam: number };
}

export interface Disguised {
  readonly name: string;
  /** Points of recall lost at the shipped thresholds. */
  readonly lost: { readonly hold: number; readonly spam: number };
}

export interface Measured {
  readonly rows: readonly Row[];
  /** Mean error area of the sources with both labels. */
  readonly meanErrorArea: number;
  readonly calibrationError: number;
  readonly disguised: readonly Disguised[];
  readonly microsecondsEach: number;
}

export interface ScoredComment extends Scored {
  readonly comment: LabelledComment;
}

const SHARES = [0.001, 0.005, 0.01] as const;
const LONGEST_HAM = 2_000;
const SEED = 7;

/** @param isComment whether a source counts among the comments, and not among letters and text messages */
export function measureFilter(
  filter: Filter,
  comments: readonly LabelledComment[],
  isComment: (source: string) => boolean,
): Measured {
  const startedAt = performance.now();
  const scored = comments.map((comment) => scoreOne(filter, comment));
  const microsecondsEach = ((performance.now() - startedAt) * 1_000) / Math.max(1, comments.length);
  const ofComments = scored.filter(({ comment }) => isComment(comment.source));
  const sources = [...new Set(comments.map(({ source }) => source))];
  const bySource = sources.map((source) =>
    describe(
      source,
      scored.filter(({ comment }) => comment.source === source),
      filter,
    ),
  );
  const areas = bySource.map((row) => row.errorArea).filter((area) => !Number.isNaN(area));
  return {
    rows: [describe('all', scored, filter), describe('comments', ofComments, filter), ...bySource],
    meanErrorArea: areas.reduce((sum, area) => sum + area, 0) / areas.length,
    calibrationError: calibrationError(ofComments),
    disguised: measureDisguises(filter, ofComments),
    microsecondsEach,
  };
}

export function scoreOne(filter: Filter, comment: LabelledComment): ScoredComment {
  const given = { text: comment.text, author: '', email: '', url: null };
  return { comment, isSpam: comment.isSpam, score: judgeText(given, null, filter).score };
}

export function describe(name: string, scored: readonly Scored[], { thresholds: { hold, spam } }: Filter): Row {
  const [low, middle, high] = SHARES;
  return {
    name,
    spam: scored.filter(({ isSpam }) => isSpam).length,
    ham: scored.filter(({ isSpam }) => !isSpam).length,
    errorArea: errorArea(scored),
    recall: [recallAt(scored, low), recallAt(scored, middle), recallAt(scored, high)],
    caught: { hold: shareAbove(scored, hold, true), spam: shareAbove(scored, spam, true) },
    wrongly: { hold: shareAbove(scored, hold, false), spam: shareAbove(scored, spam, false) },
  };
}

function measureDisguises(filter: Filter, scored: readonly ScoredComment[]): Disguised[] {
  const random = makeRandom(SEED);
  const spam = scored.filter(({ isSpam }) => isSpam);
  const ham = scored.filter(({ isSpam }) => !isSpam).map(({ comment }) => comment);
  const { thresholds } = filter;
  const [hold, away] = [shareAbove(spam, thresholds.hold, true), shareAbove(spam, thresholds.spam, true)];
  return DISGUISES.map(({ name, wear }) => {
    const worn = spam.map(({ comment }) => {
      const text = wear(comment.text, random, hamFor(comment, ham, random));
      return scoreOne(filter, { ...comment, text });
    });
    const lost = {
      hold: hold - shareAbove(worn, thresholds.hold, true),
      spam: away - shareAbove(worn, thresholds.spam, true),
    };
    return { name, lost };
  });
}

/** Ordinary comments of the same language, at least as long as the spam that hides behind them. */
function hamFor({ language, text }: LabelledComment, ham: readonly LabelledComment[], random: () => number): string {
  const same = ham.filter((comment) => comment.language === language);
  const pool = same.length > 0 ? same : ham;
  let appended = '';
  while (appended.length < text.length && pool.length > 0) {
    appended = `${appended} ${pool[Math.floor(random() * pool.length)]?.text ?? ''}`.trim();
  }
  return appended.slice(0, LONGEST_HAM);
}
