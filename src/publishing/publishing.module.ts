import { Module } from '@nestjs/common';
import { Settings } from '../platform/config/settings.js';
import { Changes } from '../platform/database/changes.js';
import { SitesModule } from '../sites/sites.module.js';
import { FirstVisits } from './first-visits.js';
import { PublishedComments } from './published-comments.js';
import { Publisher } from './publisher.js';
import { ReadingDesk } from './reading-desk.js';
import { ReadyAnswers } from './ready-answers.js';
import { SiteFeedController } from './site-feed.controller.js';
import { ThreadController } from './thread.controller.js';
import { WarmReads } from './warm-reads.js';

const MEGABYTE = 2 ** 20;

@Module({
  imports: [SitesModule],
  controllers: [ThreadController, SiteFeedController],
  providers: [
    PublishedComments,
    Publisher,
    ReadingDesk,
    WarmReads,
    FirstVisits,
    {
      provide: ReadyAnswers,
      inject: [Settings, Changes],
      useFactory: ({ cache }: Settings, changes: Changes) => new ReadyAnswers(cache.megabytes * MEGABYTE, changes),
    },
  ],
  exports: [ReadingDesk, FirstVisits],
})
export class PublishingModule {}
