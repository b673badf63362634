import { Controller, Get, Param } from '@nestjs/common';
import { MemberOnly } from '../platform/http/access.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { ThreadContext, type ThreadContextView } from './thread-context.js';

/** The conversation a comment is part of. */
@Controller('v1/sites/:site/moderation/comments/:id')
export class ConversationController {
  constructor(private readonly context: ThreadContext) {}

  @Get('thread')
  @MemberOnly('viewer', 'moderation:read')
  readThread(@Param('site', SitePipe) site: KnownSite, @Param('id', IdPipe) id: CommentId): Promise<ThreadContextView> {
    return this.context.read(site, id);
  }
}
