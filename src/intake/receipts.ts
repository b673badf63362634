import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Article } from '../comments/article.entity.js';
import { Comment } from '../comments/comment.entity.js';
import { CommentEvent } from '../comments/comment-event.entity.js';
import type { CommentStatus } from '../comments/comment-status.js';
import { openReceipt } from '../comments/receipt.js';
import { checkEmailFormat } from '../lib/email/email-format.js';
import { suggestEmail } from '../lib/email/typo-suggestion.js';
import { safeHttpUrl } from '../lib/markup/safe-url.js';
import { Database } from '../platform/database/database.js';
import type { CommentId, SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';

export type ReceiptStatus = 'received' | 'pending' | 'published' | 'declined';

export interface ReceiptView {
  readonly id: string;
  readonly status: ReceiptStatus;
  readonly reason?: string;
}

/** What the page of a receipt tells beside it. Whoever holds the address sees it, so of the e-mail no more than a host. */
export interface ReceiptDetails {
  readonly view: ReceiptView;
  readonly article: { readonly url: string | null; readonly title: string | null };
  readonly mistypedHost: { readonly typed: string; readonly meant: string } | null;
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
    return this.#open(receipt, async (manager, site, id) => {
      return viewReceipt(manager, site, await findComment(manager, site, id));
    });
  }

  /** @throws Problem `receipt-not-found` */
  async readDetails(receipt: string): Promise<ReceiptDetails> {
    return this.#open(receipt, async (manager, site, id) => {
      const comment = await findComment(manager, site, id);
      const article = await manager.findOneBy(Article, { siteId: site, id: comment.articleId });
      return {
        view: await viewReceipt(manager, site, comment),
        article: { url: safeHttpUrl(article?.url ?? ''), title: article?.title ?? null },
        mistypedHost: mistypedHost(comment.authorEmail),
      };
    });
  }

  #open<T>(receipt: string, work: (manager: EntityManager, site: SiteId, id: CommentId) => Promise<T>): Promise<T> {
    const opened = openReceipt(this.secrets, receipt);
    if (!opened) throw new Problem('receipt-not-found');
    return this.database.inSite(opened.site, (manager) => work(manager, opened.site, opened.comment));
  }
}

type FoundComment = Pick<Comment, 'id' | 'articleId' | 'status' | 'version' | 'authorEmail'>;

async function findComment(manager: EntityManager, siteId: SiteId, id: CommentId): Promise<FoundComment> {
  const select = { id: true, articleId: true, status: true, version: true, authorEmail: true };
  const comment = await manager.findOne(Comment, { where: { siteId, id }, select });
  if (!comment) throw new Problem('receipt-not-found');
  return comment;
}

async function viewReceipt(manager: EntityManager, siteId: SiteId, comment: FoundComment): Promise<ReceiptView> {
  const { id, version } = comment;
  const status = SHOWN_AS[comment.status];
  if (comment.status !== 'rejected') return { id, status };
  const event = await manager.findOneBy(CommentEvent, { siteId, commentId: id, version });
  // A moderator's reason is meant for the author; a screening's is not.
  const reason = event?.actorKind === 'person' ? event.reason : null;
  return { id, status, ...(reason && { reason }) };
}

function mistypedHost(email: string): ReceiptDetails['mistypedHost'] {
  const result = checkEmailFormat(email);
  const meant = result.ok ? suggestEmail(result.email) : null;
  return result.ok && meant !== null ? { typed: result.email.domain, meant: hostOf(meant) } : null;
}

function hostOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
