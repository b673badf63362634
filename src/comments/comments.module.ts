import { Module } from '@nestjs/common';
import { Changes } from '../platform/database/changes.js';
import { CommentMover } from './move-comment.js';

@Module({
  providers: [
    { provide: CommentMover, inject: [Changes], useFactory: (changes: Changes) => new CommentMover(changes) },
  ],
  exports: [CommentMover],
})
export class CommentsModule {}
