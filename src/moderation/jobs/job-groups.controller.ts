import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../accounts/caller.js';
import { CurrentCaller } from '../../accounts/current-caller.decorator.js';
import { MemberAnywhere } from '../../platform/http/access.js';
import { JsonBody } from '../../platform/http/body.decorator.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import type { JobGroupId } from '../../platform/ids.js';
import type { JobGroupView } from './job-group.view.js';
import { JobGroups } from './job-groups.js';
import { MakeJobGroupDto } from './make-job-group.dto.js';

/** Acts on comments of several sites. */
@Controller('v1/moderation/jobs')
export class JobGroupsController {
  constructor(private readonly groups: JobGroups) {}

  @Post()
  @MemberAnywhere('moderation:write')
  @HttpCode(202)
  async make(
    @CurrentCaller() caller: Caller,
    @JsonBody(MakeJobGroupDto) body: MakeJobGroupDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobGroupView> {
    return accepted(reply, await this.groups.make(caller, body));
  }

  @Get(':group')
  @MemberAnywhere('moderation:read')
  read(@CurrentCaller() caller: Caller, @Param('group', IdPipe) group: JobGroupId): Promise<JobGroupView> {
    return this.groups.read(caller, group);
  }

  @Post(':group/stop')
  @MemberAnywhere('moderation:write')
  @HttpCode(200)
  stop(@CurrentCaller() caller: Caller, @Param('group', IdPipe) group: JobGroupId): Promise<JobGroupView> {
    return this.groups.stop(caller, group);
  }

  @Post(':group/undo')
  @MemberAnywhere('moderation:write')
  @HttpCode(202)
  async undo(
    @CurrentCaller() caller: Caller,
    @Param('group', IdPipe) group: JobGroupId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobGroupView> {
    return accepted(reply, await this.groups.undo(caller, group));
  }
}

function accepted(reply: FastifyReply, group: JobGroupView): JobGroupView {
  void reply.header('location', `/v1/moderation/jobs/${group.id}`);
  return group;
}
