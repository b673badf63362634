import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CommentMover } from '../comments/move-comment.js';
import { MOST_EDITS } from '../comments/rule-on-edit.js';
import { LearningQueue } from '../learning/learning.queue.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Problem } from '../platform/problem/problem.js';
import { ScreeningQueue } from '../screening/screening.queue.js';
import { editingClosesAt, findOwnComment, viewReceipt, type OwnComment, type ReceiptView } from './receipt.view.js';
import type { OpenedReceipt } from './receipts.js';

const AUTHOR = { kind: 'author', id: null, name: null } as const;

/** What the author of a comment does with it. Their word is the receipt; nobody else asks who they are. */
@Injectable()
export class AuthorMoves {
  constructor(
    private readonly database: Database,
    private readonly mover: CommentMover,
    private readonly screening: ScreeningQueue,
    private readonly learning: LearningQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * The comment is screened again; what was published is out until that is done.
   * @throws Problem `receipt-not-found`, `edit-too-late`, `move-refused`
   */
  edit(own: OpenedReceipt, body: string, requestId: string): Promise<ReceiptView> {
    const { site, id } = own;
    return this.#move(own, requestId, async (manager, comment, now) => {
      const isTooLate = now >= editingClosesAt(comment, site);
      const { ruling } = await this.mover.edit(manager, site.id, { id, body, isTooLate }, AUTHOR, now);
      if (ruling.kind === 'edited') return true;
      if (ruling.kind === 'edit-too-late') throw new Problem('edit-too-late', { detail: whyTooLate(own) });
      if (ruling.kind === 'edited-too-often') throw new Problem('move-refused', { detail: TOO_OFTEN });
      if (ruling.kind === 'move-refused') throw new Problem('move-refused', { detail: REFUSED });
      return false;
    });
  }

  /**
   * At any time, whatever became of it: these are their words.
   * @throws Problem `receipt-not-found`
   */
  delete(own: OpenedReceipt, requestId: string): Promise<ReceiptView> {
    const { site, id } = own;
    return this.#move(own, requestId, async (manager, _, now) => {
      const deciding = { id: site.id, publishOnApproval: site.settings.publishOnApproval };
      const request = { id, decision: 'delete' as const };
      const [outcome] = await this.mover.decide(manager, deciding, [request], AUTHOR, now);
      return outcome?.ruling.kind === 'moved';
    });
  }

  /** @param work tells whether it has moved the comment */
  async #move(
    { site, id }: OpenedReceipt,
    requestId: string,
    work: (manager: EntityManager, comment: OwnComment, now: Date) => Promise<boolean>,
  ): Promise<ReceiptView> {
    const now = this.clock.now();
    const { isMoved, view } = await this.database.inSite(site.id, async (manager) => {
      const done = await work(manager, await findOwnComment(manager, site.id, id), now);
      const comment = await findOwnComment(manager, site.id, id);
      return { isMoved: done, view: await viewReceipt(manager, site, comment, now) };
    });
    if (isMoved && view.status === 'received') this.screening.wake([{ siteId: site.id, commentId: id, requestId }]);
    // What it had taught is taken back.
    if (isMoved) this.learning.wake([site.id]);
    return view;
  }
}

const TOO_OFTEN = `A comment can be edited ${MOST_EDITS} times. Delete it and write a new one.`;
const REFUSED = 'The moderators have declined this comment, or it is deleted. Write a new one.';

function whyTooLate({ site }: OpenedReceipt): string {
  const { editMinutes } = site.settings;
  if (editMinutes === 0) return 'Comments cannot be edited on this site. Delete it and write a new one.';
  const minutes = editMinutes === 1 ? 'minute' : `${editMinutes} minutes`;
  return `A comment can be edited in the first ${minutes}. Delete it and write a new one.`;
}
