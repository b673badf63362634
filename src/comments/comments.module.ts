import { Module } from '@nestjs/common';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import { CommentMover } from './move-comment.js';
import { VerifiedNames } from './verified-names.js';

@Module({
  providers: [
    { provide: CommentMover, inject: [Changes], useFactory: (changes: Changes) => new CommentMover(changes) },
    {
      provide: VerifiedNames,
      inject: [Database, Changes],
      useFactory: (database: Database, changes: Changes) => new VerifiedNames(database, changes),
    },
  ],
  exports: [CommentMover, VerifiedNames],
})
export class CommentsModule {}
