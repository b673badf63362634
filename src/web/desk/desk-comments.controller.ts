import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Person } from '../../accounts/caller.js';
import { CurrentPerson } from '../../accounts/current-caller.decorator.js';
import { MemberOnly } from '../../platform/http/access.js';
import { FormFields, type FieldsOfForm } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { RawQuery } from '../../platform/http/query.js';
import type { CampaignId, CommentId } from '../../platform/ids.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { DeskCampaigns } from './desk-campaigns.js';
import { DeskComment } from './desk-comment.js';
import { DeskEdits } from './desk-edits.js';
import { DeskDecisions } from './desk-decisions.js';

const Reading = (): MethodDecorator => MemberOnly('viewer', 'moderation:read');
const Deciding = (): MethodDecorator => MemberOnly('moderator', 'moderation:write');

@Controller('desk/sites/:site')
export class DeskCommentsController {
  constructor(
    private readonly comments: DeskComment,
    private readonly decisions: DeskDecisions,
    private readonly edits: DeskEdits,
    private readonly campaigns: DeskCampaigns,
  ) {}

  @Get('comments/:id')
  @Reading()
  read(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @Query() query: RawQuery,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.comments.write({ site, id, person, reply }, query);
  }

  @Get('comments/:id/delete')
  @Deciding()
  askBeforeDeletion(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.comments.askBeforeDeletion({ site, id, person, reply });
  }

  @Post('comments/:id')
  @Deciding()
  @HttpCode(303)
  decide(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.decisions.decide({ site, id, person, reply }, fields);
  }

  @Get('comments/:id/edit')
  @Deciding()
  askForText(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.edits.write({ site, id, person, reply });
  }

  @Post('comments/:id/edit')
  @Deciding()
  @HttpCode(303)
  edit(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.edits.edit({ site, id, person, reply }, fields);
  }

  @Post('decisions')
  @Deciding()
  @HttpCode(303)
  decideMany(
    @Param('site', SitePipe) site: KnownSite,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.decisions.decideMany(site, person, fields, reply);
  }

  @Post('campaigns/:campaign')
  @Deciding()
  @HttpCode(303)
  decideCampaign(
    @Param('site', SitePipe) site: KnownSite,
    @Param('campaign', IdPipe) campaign: CampaignId,
    @FormFields() fields: FieldsOfForm,
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.campaigns.decide(site, campaign, fields, person, reply);
  }
}
