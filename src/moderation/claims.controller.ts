import { Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberOnly } from '../platform/http/access.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import type { ClaimView } from './claim.view.js';
import { Claims } from './claims.js';

const Deciding = (): MethodDecorator => MemberOnly('moderator', 'moderation:write');

@Controller('v1/sites/:site/moderation/comments/:id/claim')
export class ClaimsController {
  constructor(private readonly claims: Claims) {}

  @Post()
  @Deciding()
  @HttpCode(200)
  claim(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @CurrentCaller() caller: Caller,
  ): Promise<ClaimView> {
    return this.claims.claim(site, id, caller);
  }

  @Delete()
  @Deciding()
  @HttpCode(204)
  release(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.claims.release(site, id, caller);
  }
}
