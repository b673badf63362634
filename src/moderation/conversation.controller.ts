import { Controller, Get, Headers, Param, Post } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import type { QueueItemView } from './queue-item.js';
import { Replies } from './replies.js';
import { ReplyDto } from './reply.dto.js';
import { ThreadContext, type ThreadContextView } from './thread-context.js';

/** The conversation a comment is part of. */
@Controller('v1/sites/:site/moderation/comments/:id')
export class ConversationController {
  constructor(
    private readonly context: ThreadContext,
    private readonly replies: Replies,
  ) {}

  @Get('thread')
  @MemberOnly('viewer', 'moderation:read')
  readThread(@Param('site', SitePipe) site: KnownSite, @Param('id', IdPipe) id: CommentId): Promise<ThreadContextView> {
    return this.context.read(site, id);
  }

  @Post('replies')
  @MemberOnly('moderator', 'moderation:write')
  reply(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @JsonBody(ReplyDto) body: ReplyDto,
    @Headers('idempotency-key') key: string | undefined,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.replies.reply(site, id, body, key, caller);
  }
}
