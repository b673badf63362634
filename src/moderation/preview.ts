import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../accounts/caller.js';
import type { CommentStatus } from '../comments/comment-status.js';
import { keptAuthor } from '../comments/typed-author.js';
import { Problem } from '../platform/problem/problem.js';
import { CommentPreview } from '../screening/comment-preview.js';
import type { KnownSite } from '../sites/site-directory.js';
import type { PreviewCommentDto } from './preview-comment.dto.js';
import type { VerdictView } from './queue-item.js';

/** Of one caller in one process. A person types slower; a program had better use the library itself. */
const MOST_PER_MINUTE = 120;

export interface PreviewView extends VerdictView {
  readonly score: number;
  readonly wouldGo: CommentStatus;
  /** Why it would go there. */
  readonly reason: string;
}

/** Scores a text that nobody has sent. Nothing of it is kept. */
@Injectable()
export class Preview {
  readonly #limiter = new RateLimiterMemory({ points: MOST_PER_MINUTE, duration: 60 });

  constructor(private readonly comments: CommentPreview) {}

  /** @throws Problem `too-many-requests` */
  async judge(site: KnownSite, body: PreviewCommentDto, caller: Caller): Promise<PreviewView> {
    await this.#count(caller);
    const { verdict, to, reason } = await this.comments.judge(site.id, { text: textOf(body) });
    const { label, probability, score, signals } = verdict;
    return { label, probability, score, signals, wouldGo: to, reason };
  }

  async #count(caller: Caller): Promise<void> {
    try {
      await this.#limiter.consume(caller.kind === 'person' ? caller.accountId : caller.apiKeyId);
    } catch (spent) {
      if (!(spent instanceof RateLimiterRes)) throw spent;
      const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000));
      throw new Problem('too-many-requests', {
        detail: `A text can be tried ${MOST_PER_MINUTE} times a minute. Wait ${seconds} seconds.`,
        headers: { 'retry-after': String(seconds) },
      });
    }
  }
}

/** As the intake would keep it. */
function textOf({
  author,
  body,
  articleTitle,
  language,
}: PreviewCommentDto): Parameters<CommentPreview['judge']>[1]['text'] {
  const { name, email, url } = keptAuthor({
    name: author?.name ?? '',
    email: author?.email ?? '',
    url: author?.url,
  });
  return {
    ...{ body, authorName: name, authorEmail: email, authorUrl: url },
    language: language === '' ? null : (language ?? null),
    articleTitle: articleTitle ?? null,
  };
}
