import { Injectable } from '@nestjs/common';
import { Comment } from '../comments/comment.entity.js';
import { CommentEvent } from '../comments/comment-event.entity.js';
import type { CommentStatus } from '../comments/comment-status.js';
import { openReceipt } from '../comments/receipt.js';
import { Database } from '../platform/database/database.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';

export type ReceiptStatus = 'received' | 'pending' | 'published' | 'declined';

export interface ReceiptView {
  readonly id: string;
  readonly status: ReceiptStatus;
  readonly reason?: string;
}

/** What a reader may know: not whether a machine took it for spam, nor that it is approved but not out yet. */
const SHOWN_AS: Readonly<Record<CommentStatus, ReceiptStatus>> = {
  received: 'received',
  pending: 'pending',
  spam: 'pending',
  approved: 'pending',
  published: 'published',
  rejected: 'declined',
  deleted: 'declined',
};

@Injectable()
export class Receipts {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** @throws Problem `receipt-not-found` */
  async read(receipt: string): Promise<ReceiptView> {
    const opened = openReceipt(this.secrets, receipt);
    if (!opened) throw new Problem('receipt-not-found');
    return this.database.inSite(opened.site, async (manager) => {
      const where = { siteId: opened.site, id: opened.comment };
      const comment = await manager.findOne(Comment, { where, select: { id: true, status: true, version: true } });
      if (!comment) throw new Problem('receipt-not-found');
      const status = SHOWN_AS[comment.status];
      if (comment.status !== 'rejected') return { id: comment.id, status };
      const { siteId, id: commentId } = where;
      const event = await manager.findOneBy(CommentEvent, { siteId, commentId, version: comment.version });
      // A moderator's reason is meant for the author; a screening's is not.
      const reason = event?.actorKind === 'person' ? event.reason : null;
      return { id: comment.id, status, ...(reason && { reason }) };
    });
  }
}
