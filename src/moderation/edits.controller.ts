import { Controller, Param, Patch } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { CommentId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { EditTextDto } from './edit-text.dto.js';
import type { QueueItemView } from './queue-item.js';
import { TextEditor } from './text-editor.js';

@Controller('v1/sites/:site/moderation/comments/:id')
export class EditsController {
  constructor(private readonly editor: TextEditor) {}

  @Patch()
  @MemberOnly('moderator', 'moderation:write')
  edit(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @JsonBody(EditTextDto) body: EditTextDto,
    @CurrentCaller() caller: Caller,
  ): Promise<QueueItemView> {
    return this.editor.edit(site, id, body, caller);
  }
}
