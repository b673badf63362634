// How fast a site's own model learns: each comment is scored, then told, in the order of time where it is known.
import { scoreComment, type Filter } from '../../lib/spam/classifier/filter.js';
import { errorArea } from '../../lib/spam/classifier/measures.js';
import { makeRandom, shuffle } from '../../lib/spam/classifier/random.js';
import { readComment } from '../../lib/spam/classifier/read-features.js';
import { makeSiteExample } from '../../lib/spam/classifier/site-example.js';
import { SiteModel } from '../../lib/spam/classifier/site-model.js';
import type { LabelledComment } from '../train/labelled-comment.js';

const SEED = 3;

/** (1-AUC)% over the whole stream; with a starter it is frozen, and its trust is learned. */
export function measureOnline(comments: readonly LabelledComment[], starter: Filter | null): number {
  const model = new SiteModel();
  return errorArea(
    inOrder(comments).map(({ text, isSpam }) => {
      const features = readComment(text);
      const example = makeSiteExample(features.whole, starter === null ? 0 : scoreComment(starter, features).score);
      const { score } = model.score(example);
      model.learn(example, isSpam);
      return { score, isSpam };
    }),
  );
}

function inOrder(comments: readonly LabelledComment[]): LabelledComment[] {
  const isTimed = comments.every(({ order }) => order !== null);
  if (isTimed) {
    return [...comments].sort((one, other) =>
      one.source === other.source ? (one.order ?? 0) - (other.order ?? 0) : one.source < other.source ? -1 : 1,
    );
  }
  const places = Int32Array.from(comments.keys());
  shuffle(places, makeRandom(SEED));
  return Array.from(places).flatMap((at) => comments[at] ?? []);
}
