import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isArticleOpen } from '../comments/article-open.js';
import { Database } from '../platform/database/database.js';
import { isMissingReference, isRowFault } from '../platform/database/row-fault.js';
import { groupBy } from '../platform/group-by.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { claimKeys, findClaims, releaseKeys, type Claim } from './claim-keys.js';
import { findArticles, findParents, insertComments, type Placed } from './insert-comments.js';
import type { Submission } from './submission.js';
import type { BatchWriter } from '../platform/write-batcher.js';

export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly id: CommentId; readonly isReplay: boolean }
  | { readonly kind: 'article-closed' }
  | { readonly kind: 'parent-not-published' }
  | { readonly kind: 'idempotency-key-reused' }
  | { readonly kind: 'idempotency-key-in-flight' }
  | { readonly kind: 'site-not-found' };

/** Writes a batch of submissions in one transaction: keys claimed, articles made, comments and first events stored. */
@Injectable()
export class SubmissionStore implements BatchWriter<Submission, SubmitOutcome> {
  constructor(private readonly database: Database) {}

  async write(batch: readonly Submission[]): Promise<SubmitOutcome[]> {
    try {
      return await this.database.acrossSites('an intake batch', (manager) => writeBatch(manager, batch));
    } catch (error) {
      // All that a submission refers to are its site and what stands in it, so the site was removed meanwhile.
      if (batch.length === 1 && isMissingReference(error)) return [{ kind: 'site-not-found' }];
      throw error;
    }
  }

  readonly isItemFault = isRowFault;
}

async function writeBatch(manager: EntityManager, batch: readonly Submission[]): Promise<SubmitOutcome[]> {
  const outcomes = new Map<Submission, SubmitOutcome>();
  // The same key twice in one batch: the first stands for both.
  const leaders = [...groupBy(batch, claimName)].map(([, [first]]) => first);
  const won = await claimKeys(manager, leaders);
  const fresh = leaders.filter(({ id }) => won.has(id));
  const placed = await placeComments(manager, fresh, outcomes);
  await insertComments(manager, placed);
  await releaseKeys(
    manager,
    fresh.filter((submission) => outcomes.has(submission)),
  );
  for (const { submission } of placed)
    outcomes.set(submission, { kind: 'accepted', id: submission.id, isReplay: false });
  await answerOthers(manager, batch, leaders, outcomes);
  // Without an outcome: the key was taken, and given back before we could look who had it.
  return batch.map((submission) => outcomes.get(submission) ?? { kind: 'idempotency-key-in-flight' });
}

function claimName({ site, keyHash }: Submission): string {
  return site.id + keyHash.toString('base64');
}

/** Those that found their key taken: by a row that was there before, or by the first of their kind in this batch. */
async function answerOthers(
  manager: EntityManager,
  batch: readonly Submission[],
  leaders: readonly Submission[],
  outcomes: Map<Submission, SubmitOutcome>,
): Promise<void> {
  const leaderOf = new Map(leaders.map((leader) => [claimName(leader), leader]));
  const open = batch.filter((submission) => !outcomes.has(submission));
  const lost = open.filter((submission) => leaderOf.get(claimName(submission)) === submission);
  const claims = await findClaims(manager, lost);
  for (const submission of open) {
    const leader = leaderOf.get(claimName(submission));
    const settled = leader && outcomes.get(leader);
    const claim = claims.get(claimName(submission));
    if (claim) outcomes.set(submission, replay(claim, submission));
    else if (leader && settled?.kind === 'accepted') {
      outcomes.set(submission, replay({ commentId: settled.id, payloadHash: leader.payloadHash }, submission));
    } else if (settled) outcomes.set(submission, settled);
  }
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
  outcomes: Map<Submission, SubmitOutcome>,
): Promise<Placed[]> {
  const articles = await findArticles(manager, submissions);
  const parents = await findParents(manager, submissions);
  const placed: Placed[] = [];
  for (const submission of submissions) {
    const { site, articleKey, parentId } = submission;
    const article = articles.get(articleName(site.id, articleKey));
    if (!article) {
      outcomes.set(submission, { kind: 'parent-not-published' });
      continue;
    }
    const parent = parentId ? parents.get(parentId) : undefined;
    if (!isArticleOpen(article, site.settings, submission.submittedAt))
      outcomes.set(submission, { kind: 'article-closed' });
    else if (parentId && (parent?.articleId !== article.id || parent.siteId !== site.id)) {
      outcomes.set(submission, { kind: 'parent-not-published' });
    } else if (!parent || site.settings.maxDepth === 0) {
      placed.push({ submission, articleId: article.id, parentId: null, depth: 0 });
    } else {
      const isTooDeep = parent.depth >= site.settings.maxDepth;
      placed.push({
        submission,
        articleId: article.id,
        parentId: isTooDeep ? parent.parentId : parent.id,
        depth: isTooDeep ? parent.depth : parent.depth + 1,
      });
    }
  }
  return placed;
}

export function articleName(site: SiteId, key: string): string {
  return `${site} ${key}`;
}
