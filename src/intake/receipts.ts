import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Article } from '../comments/article.entity.js';
import { Comment } from '../comments/comment.entity.js';
import { openReceipt } from '../comments/receipt.js';
import { checkEmailFormat } from '../lib/email/email-format.js';
import { suggestEmail } from '../lib/email/typo-suggestion.js';
import { safeHttpUrl } from '../lib/markup/safe-url.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { CommentId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';
import { SiteDirectory, type KnownSite } from '../sites/site-directory.js';
import { findOwnComment, isDeletedByAuthor, viewReceipt, type OwnComment, type ReceiptView } from './receipt.view.js';

/** Which comment a receipt stands for; whether it is still there has not been asked. */
export interface OpenedReceipt {
  readonly site: KnownSite;
  readonly id: CommentId;
}

/** What the page of a receipt tells beside it. Whoever holds the address sees it, so of the e-mail no more than a host. */
export interface ReceiptDetails {
  readonly view: ReceiptView;
  readonly article: { readonly url: string | null; readonly title: string | null };
  readonly mistypedHost: { readonly typed: string; readonly meant: string } | null;
  readonly isDeleted: boolean;
  readonly isDeletedByAuthor: boolean;
  /** What its author may still change; null where that is over. */
  readonly editableText: string | null;
}

@Injectable()
export class Receipts {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly sites: SiteDirectory,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `receipt-not-found` */
  async open(receipt: string): Promise<OpenedReceipt> {
    const opened = openReceipt(this.secrets, receipt);
    const site = opened && (await this.sites.byId(opened.site));
    if (!site) throw new Problem('receipt-not-found');
    return { site, id: opened.comment };
  }

  /** @throws Problem `receipt-not-found` */
  async read(receipt: string): Promise<ReceiptView> {
    return this.#read(receipt, (manager, site, comment) => viewReceipt(manager, site, comment, this.clock.now()));
  }

  /** @throws Problem `receipt-not-found` */
  async readDetails(receipt: string): Promise<ReceiptDetails> {
    return this.#read(receipt, async (manager, site, comment) => {
      const article = await manager.findOneBy(Article, { siteId: site.id, id: comment.articleId });
      const view = await viewReceipt(manager, site, comment, this.clock.now());
      return {
        view,
        article: { url: safeHttpUrl(article?.url ?? ''), title: article?.title ?? null },
        mistypedHost: mistypedHost(comment.authorEmail),
        isDeleted: comment.status === 'deleted',
        isDeletedByAuthor: await isDeletedByAuthor(manager, site.id, comment),
        editableText: view.editableUntil === null ? null : await readText(manager, site, comment),
      };
    });
  }

  async #read<T>(
    receipt: string,
    work: (manager: EntityManager, site: KnownSite, comment: OwnComment) => Promise<T>,
  ): Promise<T> {
    const { site, id } = await this.open(receipt);
    return this.database.inSite(site.id, async (manager) =>
      work(manager, site, await findOwnComment(manager, site.id, id)),
    );
  }
}

async function readText(manager: EntityManager, { id: siteId }: KnownSite, { id }: OwnComment): Promise<string | null> {
  const found = await manager.findOne(Comment, { where: { siteId, id }, select: { body: true } });
  return found?.body ?? null;
}

function mistypedHost(email: string): ReceiptDetails['mistypedHost'] {
  const result = checkEmailFormat(email);
  const meant = result.ok ? suggestEmail(result.email) : null;
  return result.ok && meant !== null ? { typed: result.email.domain, meant: hostOf(meant) } : null;
}

function hostOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
