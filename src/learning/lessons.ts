// What a site has taught, as a list that decisions change one at a time and in their order: so it never matters how many
// of them were looked at together, in which process, or how often one that was killed began again.
import type { DecidedLabel } from '../comments/decided-label.js';
import type { CommentId } from '../platform/ids.js';
import type { Teaching } from './teaching.js';

export interface Lesson {
  readonly commentId: CommentId;
  readonly label: DecidedLabel;
  readonly seq: number;
  /** The comment's; a string, as PostgreSQL's bigint. */
  readonly fingerprint: string;
}

/** Of each label, the highest seq that fell out of the list for good. */
export type Forgotten = Readonly<Record<DecidedLabel, number>>;

/**
 * Of each label the model is folded from a thousand at most, so that a flood of spam pushes out old spam and not the few
 * comments that were approved. What is too many goes in steps: between them the model only grows at its end.
 */
export const WINDOW = { most: 1_000, step: 250 };

/**
 * Copies of one text that are learned as one label. A campaign of five hundred is one decision of a person, and learned
 * five hundred times it would push out a quarter of all the site has said; three are enough to be sure of every word.
 */
export const MOST_COPIES = 3;

export class Lessons {
  readonly #byComment: Map<CommentId, Lesson>;
  readonly #forgotten: Record<DecidedLabel, number>;

  constructor(lessons: Iterable<Lesson>, forgotten: Forgotten) {
    this.#byComment = new Map([...lessons].map((lesson) => [lesson.commentId, lesson]));
    this.#forgotten = { ...forgotten };
  }

  get forgotten(): Forgotten {
    return { ...this.#forgotten };
  }

  /** In the order of their seqs. */
  get all(): Lesson[] {
    return [...this.#byComment.values()].sort((one, other) => one.seq - other.seq);
  }

  /**
   * Sets what one comment teaches from here on.
   * @param fingerprint null when nothing can be learned of it, because its text is gone
   */
  teach(commentId: CommentId, teaching: Teaching | null, fingerprint: string | null): void {
    const known = this.#byComment.get(commentId);
    if (known && known.label === teaching?.label && known.seq === teaching.seq) return;
    this.#byComment.delete(commentId);
    const text = known?.fingerprint ?? fingerprint;
    if (teaching === null || text === null || !this.#hasRoom(teaching, text)) return;
    this.#byComment.set(commentId, { commentId, ...teaching, fingerprint: text });
    this.#forget(teaching.label);
  }

  /** An undo may bring a decision back that stands before all that is still remembered: there it stays forgotten. */
  #hasRoom({ label, seq }: Teaching, fingerprint: string): boolean {
    if (seq <= this.#forgotten[label]) return false;
    let copies = 0;
    for (const lesson of this.#byComment.values()) {
      if (lesson.label === label && lesson.fingerprint === fingerprint) copies++;
    }
    return copies < MOST_COPIES;
  }

  /** A step later than the window, so that an undo right after a step brings back what has left the window. */
  #forget(label: DecidedLabel): void {
    let count = 0;
    for (const lesson of this.#byComment.values()) if (lesson.label === label) count++;
    if (count <= WINDOW.most + WINDOW.step) return;
    const taught = this.all.filter((lesson) => lesson.label === label);
    for (const { commentId, seq } of taught.slice(0, WINDOW.step)) {
      this.#byComment.delete(commentId);
      this.#forgotten[label] = seq;
    }
  }
}

/** What the model is folded from, of what is kept in the order of the seqs. */
export function windowOf<One extends Pick<Lesson, 'label'>>(kept: readonly One[]): One[] {
  const surplus = { spam: surplusOf(kept, 'spam'), ham: surplusOf(kept, 'ham') };
  return kept.filter(({ label }) => surplus[label]-- <= 0);
}

function surplusOf(kept: readonly Pick<Lesson, 'label'>[], label: DecidedLabel): number {
  const count = kept.reduce((sum, one) => (one.label === label ? sum + 1 : sum), 0);
  return Math.max(0, Math.ceil((count - WINDOW.most) / WINDOW.step) * WINDOW.step);
}

/** Whether `after` is `before` with more at its end: then a model need not be folded anew. */
export function isContinued(before: readonly Lesson[], after: readonly Lesson[]): boolean {
  return before.every(({ seq, commentId, label }, index) => {
    const other = after[index];
    return other?.seq === seq && other.commentId === commentId && other.label === label;
  });
}
