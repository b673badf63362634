import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { CommentId, NoteId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { NoteDto } from './note.dto.js';
import { Notes, type NoteView } from './notes.js';

const Reading = (): MethodDecorator => MemberOnly('viewer', 'moderation:read');
const Writing = (): MethodDecorator => MemberOnly('moderator', 'moderation:write');

@Controller('v1/sites/:site/moderation/comments/:id')
export class NotesController {
  constructor(private readonly notes: Notes) {}

  @Get('notes')
  @Reading()
  list(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
  ): Promise<{ items: NoteView[]; nextCursor: null }> {
    return this.notes.list(site, id, 'comment');
  }

  @Post('notes')
  @Writing()
  write(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @JsonBody(NoteDto) { text }: NoteDto,
    @CurrentCaller() caller: Caller,
  ): Promise<NoteView> {
    return this.notes.write(site, id, 'comment', text, caller);
  }

  @Delete('notes/:note')
  @Writing()
  @HttpCode(204)
  remove(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @Param('note', IdPipe) note: NoteId,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.notes.remove(site, id, 'comment', note, caller);
  }

  @Get('author/notes')
  @Reading()
  listOnAuthor(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
  ): Promise<{ items: NoteView[]; nextCursor: null }> {
    return this.notes.list(site, id, 'author');
  }

  @Post('author/notes')
  @Writing()
  writeOnAuthor(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @JsonBody(NoteDto) { text }: NoteDto,
    @CurrentCaller() caller: Caller,
  ): Promise<NoteView> {
    return this.notes.write(site, id, 'author', text, caller);
  }

  @Delete('author/notes/:note')
  @Writing()
  @HttpCode(204)
  removeFromAuthor(
    @Param('site', SitePipe) site: KnownSite,
    @Param('id', IdPipe) id: CommentId,
    @Param('note', IdPipe) note: NoteId,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.notes.remove(site, id, 'author', note, caller);
  }
}
