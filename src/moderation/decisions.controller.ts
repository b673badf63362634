import { Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { ArticleKeyPipe } from '../comments/article-key.pipe.js';
import { MemberOnly } from '../platform/http/access.js';
import { OptionalJsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { DecisionDto } from './decision.dto.js';
import { Moderator } from './moderator.js';
import type { QueueItemView } from './queue-item.js';

const Deciding = (): MethodDecorator => MemberOnly('moderator', 'moderation:write');

/** One comment under its article; each action is a path of its own. */
@Controller('v1/sites/:site/articles/:article/comments/:id')
export class DecisionsController {
  constructor(private readonly moderator: Moderator) {}

  @Post('approve')
  @Deciding()
  @HttpCode(200)
  approve(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @Param('id', IdPipe) id: CommentId,
    @OptionalJsonBody(DecisionDto) body: DecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.moderator.decide(site, article, id, 'approve', body, caller);
  }

  @Post('reject')
  @Deciding()
  @HttpCode(200)
  reject(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @Param('id', IdPipe) id: CommentId,
    @OptionalJsonBody(DecisionDto) body: DecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.moderator.decide(site, article, id, 'reject', body, caller);
  }

  @Post('publish')
  @Deciding()
  @HttpCode(200)
  publish(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @Param('id', IdPipe) id: CommentId,
    @OptionalJsonBody(DecisionDto) body: DecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.moderator.decide(site, article, id, 'publish', body, caller);
  }

  @Post('unpublish')
  @Deciding()
  @HttpCode(200)
  unpublish(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @Param('id', IdPipe) id: CommentId,
    @OptionalJsonBody(DecisionDto) body: DecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.moderator.decide(site, article, id, 'unpublish', body, caller);
  }

  @Post('spam')
  @Deciding()
  @HttpCode(200)
  spam(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @Param('id', IdPipe) id: CommentId,
    @OptionalJsonBody(DecisionDto) body: DecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.moderator.decide(site, article, id, 'spam', body, caller);
  }

  @Post('restore')
  @Deciding()
  @HttpCode(200)
  restore(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @Param('id', IdPipe) id: CommentId,
    @OptionalJsonBody(DecisionDto) body: DecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.moderator.decide(site, article, id, 'restore', body, caller);
  }

  @Post('undo')
  @Deciding()
  @HttpCode(200)
  undo(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @Param('id', IdPipe) id: CommentId,
    @OptionalJsonBody(DecisionDto) body: DecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.moderator.decide(site, article, id, 'undo', body, caller);
  }

  @Delete()
  @Deciding()
  @HttpCode(200)
  delete(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @Param('id', IdPipe) id: CommentId,
    @OptionalJsonBody(DecisionDto) body: DecisionDto,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.moderator.decide(site, article, id, 'delete', body, caller);
  }
}
