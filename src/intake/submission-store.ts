import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isArticleOpen } from '../comments/article-open.js';
import { Database } from '../platform/database/database.js';
import { isRowFault } from '../platform/database/row-fault.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { groupBy } from '../platform/group-by.js';
import type { CommentId } from '../platform/ids.js';
import { claimName, findClaims, type Claim } from './find-claims.js';
import {
  findParents,
  findPlaces,
  placeName,
  storeComments,
  type ParentRow,
  type Place,
  type Placed,
} from './insert-comments.js';
import type { Submission } from './submission.js';
import type { BatchWriter } from '../platform/write-batcher.js';

export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly id: CommentId; readonly isReplay: boolean }
  | { readonly kind: 'article-closed' }
  | { readonly kind: 'parent-not-published' }
  | { readonly kind: 'idempotency-key-reused' }
  | { readonly kind: 'idempotency-key-in-flight' }
  | { readonly kind: 'site-not-found' };

/** Writes a batch of submissions in one transaction: articles made, keys claimed, comments and first events stored. */
@Injectable()
export class SubmissionStore implements BatchWriter<Submission, SubmitOutcome> {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  async write(batch: readonly Submission[]): Promise<SubmitOutcome[]> {
    this.metrics.intakeBatch(batch.length);
    const outcomes = await this.database.acrossSites('an intake batch', (manager) => writeBatch(manager, batch));
    for (const outcome of outcomes) this.metrics.submitted(describeOutcome(outcome));
    return outcomes;
  }

  readonly isItemFault = isRowFault;
}

function describeOutcome(outcome: SubmitOutcome): string {
  if (outcome.kind !== 'accepted') return outcome.kind;
  return outcome.isReplay ? 'replayed' : 'accepted';
}

async function writeBatch(manager: EntityManager, batch: readonly Submission[]): Promise<SubmitOutcome[]> {
  // The same key twice in one batch: the first stands for both.
  const leaders = new Map([...groupBy(batch, claimName)].map(([name, [first]]) => [name, first]));
  const { placed, refused } = await placeComments(manager, [...leaders.values()]);
  const stored = await storeComments(manager, placed);
  const isNew = ({ id }: Submission): boolean => stored.has(id);
  // A comment that was taken in once is replayed, even where it would be refused by now.
  const claims = await findClaims(
    manager,
    [...leaders.values()].filter((leader) => !isNew(leader)),
  );
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

function replay(claim: Claim, { payloadHash, hasClientKey }: Submission): SubmitOutcome {
  // Without a client's key the key is the content itself, so there is nothing to compare.
  if (hasClientKey && !claim.payloadHash.equals(payloadHash)) return { kind: 'idempotency-key-reused' };
  return { kind: 'accepted', id: claim.commentId, isReplay: true };
}

/** Finds each comment its article and its place in the thread, or the reason why it has none. */
async function placeComments(
  manager: EntityManager,
  submissions: readonly Submission[],
): Promise<{ placed: Placed[]; refused: Map<Submission, SubmitOutcome> }> {
  const places = await findPlaces(manager, submissions);
  const parents = await findParents(manager, submissions);
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
  const { maxDepth } = site.settings;
  if (!parent || maxDepth === 0) return { submission, articleId: article.id, parentId: null, depth: 0 };
  const isTooDeep = parent.depth >= maxDepth;
  return {
    submission,
    articleId: article.id,
    parentId: isTooDeep ? parent.parentId : parent.id,
    depth: isTooDeep ? parent.depth : parent.depth + 1,
  };
}
