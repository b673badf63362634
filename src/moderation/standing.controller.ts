import { Controller, Param, Put } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { CommentId } from '../platform/ids.js';
import type { Standing } from '../rules/author-rules.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { AuthorStanding } from './author-standing.js';
import { StandingDto } from './standing.dto.js';

@Controller('v1/sites/:site/moderation/comments/:id/author/standing')
export class StandingController {
  constructor(private readonly standings: AuthorStanding) {}

  @Put()
  @MemberOnly('moderator', 'moderation:write')
  set(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @JsonBody(StandingDto) { standing }: StandingDto,
    @CurrentCaller() caller: Caller,
  ): Promise<{ standing: Standing }> {
    return this.standings.set(site, id, standing, caller);
  }
}
