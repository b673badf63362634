import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isArticleOpen } from '../comments/article-open.js';
import { placeReply } from '../comments/place-reply.js';
import { Database } from '../platform/database/database.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { groupBy } from '../platform/group-by.js';
import type { ArticleId, CommentId } from '../platform/ids.js';
import { claimName, findClaims, type Claim } from './find-claims.js';
import {
  findParents,
  findPlaces,
  placeName,
  storeComments,
  type Ask,
  type ParentRow,
  type Place,
  type Placed,
} from './insert-comments.js';
import type { Submission } from './submission.js';

export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly id: CommentId; readonly isReplay: boolean }
  | { readonly kind: 'article-closed' }
  | { readonly kind: 'parent-not-published' }
  | { readonly kind: 'idempotency-key-reused' }
  | { readonly kind: 'idempotency-key-in-flight' }
  | { readonly kind: 'site-not-found' };

/** Places are looked up so often before a key counts as in flight. */
const MOST_LOOKS = 2;
/** Characters of names of articles that took a comment lately and were open; a stranger may invent long ones. */
const MOST_REMEMBERED = 2_000_000;

type Places = Pick<Map<string, Place>, 'get'>;

interface Stored {
  readonly stored: ReadonlySet<CommentId>;
  readonly refused: ReadonlyMap<Submission, SubmitOutcome>;
  /** By the submissions' `claimName`. */
  readonly claims: ReadonlyMap<string, Claim>;
}

interface OpenArticle {
  readonly id: ArticleId;
  readonly open: true;
  readonly createdAt: Date;
}

/**
 * Writes a batch of submissions: articles made, keys claimed, comments and first events stored. Comments whose articles
 * it remembers need one statement, which asks again what it took from memory; the rest is looked up first.
 */
@Injectable()
export class SubmissionStore {
  readonly #articles = new LRUCache<string, OpenArticle>({
    maxSize: MOST_REMEMBERED,
    sizeCalculation: (_, name) => name.length,
  });

  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  async write(batch: readonly Submission[]): Promise<SubmitOutcome[]> {
    this.metrics.intakeBatch(batch.length);
    const outcomes = await this.#write(batch);
    for (const outcome of outcomes) this.metrics.submitted(describeOutcome(outcome));
    return outcomes;
  }

  readonly #ask: Ask = (statement) => this.database.acrossSitesAtOnce('an intake batch', statement);

  async #write(batch: readonly Submission[]): Promise<SubmitOutcome[]> {
    // The same key twice in one batch: the first stands for both.
    const leaders = new Map([...groupBy(batch, claimName)].map(([name, [first]]) => [name, first]));
    const { stored, refused, claims } = await this.#store([...leaders.values()]);
    const isNew = ({ id }: Submission): boolean => stored.has(id);
    return batch.map((submission) => {
      const name = claimName(submission);
      const leader = leaders.get(name) ?? submission;
      if (isNew(submission)) return { kind: 'accepted', id: submission.id, isReplay: false };
      if (isNew(leader)) return replay({ commentId: leader.id, payloadHash: leader.payloadHash }, submission);
      const claim = claims.get(name);
      if (claim) return replay(claim, submission);
      // Without a refusal: the key was taken, and let go of before we could look who had it.
      return refused.get(leader) ?? { kind: 'idempotency-key-in-flight' };
    });
  }

  /**
   * First those whose articles are remembered. What was not stored is looked up and tried again; and once more what was
   * found and then not stored nor held by anybody, because its site or article went between the look and the store.
   */
  async #store(leaders: readonly Submission[]): Promise<Stored> {
    const stored = new Set<CommentId>();
    const claims = new Map<string, Claim>();
    const refused = new Map<Submission, SubmitOutcome>();
    const store = async (some: readonly Submission[], places: Places): Promise<Submission[]> => {
      const placing = await this.#placeAndStore(some, places);
      for (const id of placing.stored) stored.add(id);
      for (const [submission, outcome] of placing.refused) refused.set(submission, outcome);
      return some.filter(({ id }) => !stored.has(id));
    };
    const isRemembered = (submission: Submission): boolean => this.#articles.has(placeName(submission));
    await store(leaders.filter(isRemembered), this.#articles);
    // What memory refuses may have changed.
    refused.clear();
    let rest = leaders.filter(({ id }) => !stored.has(id));
    for (let look = 0; look < MOST_LOOKS && rest.length > 0; look++) {
      const places = await findPlaces(this.#ask, rest);
      for (const [name, place] of places) this.#remember(name, place);
      rest = await store(rest, places);
      // A comment that was taken in once is replayed, even where it would be refused by now.
      for (const [name, claim] of await findClaims(this.#ask, rest)) claims.set(name, claim);
      rest = rest.filter((submission) => !refused.has(submission) && !claims.has(claimName(submission)));
    }
    return { stored, refused, claims };
  }

  async #placeAndStore(
    submissions: readonly Submission[],
    places: Places,
  ): Promise<Placing & { readonly stored: ReadonlySet<CommentId> }> {
    const parents = await findParents(this.#ask, submissions);
    const placing = placeComments(submissions, places, parents);
    return { ...placing, stored: await storeComments(this.#ask, placing.placed) };
  }

  #remember(name: string, { id, open, createdAt }: Place): void {
    if (open) this.#articles.set(name, { id, open, createdAt });
    else this.#articles.delete(name);
  }
}

function describeOutcome(outcome: SubmitOutcome): string {
  if (outcome.kind !== 'accepted') return outcome.kind;
  return outcome.isReplay ? 'replayed' : 'accepted';
}

function replay(claim: Claim, { id, payloadHash, hasClientKey }: Submission): SubmitOutcome {
  // Without a client's key the key is the content itself, so there is nothing to compare.
  if (hasClientKey && !claim.payloadHash.equals(payloadHash)) return { kind: 'idempotency-key-reused' };
  // Its own claim: stored before another of its batch failed, and sent again.
  return { kind: 'accepted', id: claim.commentId, isReplay: claim.commentId !== id };
}

interface Placing {
  readonly placed: readonly Placed[];
  readonly refused: ReadonlyMap<Submission, SubmitOutcome>;
}

/** Each comment with its article and its place in the thread, or the reason why it has none. */
function placeComments(
  submissions: readonly Submission[],
  places: Places,
  parents: ReadonlyMap<CommentId, ParentRow>,
): Placing {
  const placed: Placed[] = [];
  const refused = new Map<Submission, SubmitOutcome>();
  for (const submission of submissions) {
    const place = places.get(placeName(submission));
    const parent = submission.parentId ? parents.get(submission.parentId) : undefined;
    const found = place ? findPlace(submission, place, parent) : 'site-not-found';
    if (typeof found === 'string') refused.set(submission, { kind: found });
    else placed.push(found);
  }
  return { placed, refused };
}

function findPlace(
  submission: Submission,
  article: Place,
  parent: ParentRow | undefined,
): Placed | 'article-closed' | 'parent-not-published' {
  const { site, parentId, submittedAt } = submission;
  if (article.id === null) return 'parent-not-published';
  if (!isArticleOpen(article, site.settings, submittedAt)) return 'article-closed';
  if (parentId && (parent?.articleId !== article.id || parent.siteId !== site.id)) return 'parent-not-published';
  const place = parent ? placeReply(parent, site.settings.maxDepth) : { parentId: null, depth: 0 };
  return { submission, articleId: article.id, ...place };
}
