import { Module } from '@nestjs/common';
import { SiteModelsModule } from '../learning/site-models.module.js';
import { RulesModule } from '../rules/rules.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { CommentPreview } from './comment-preview.js';
import { ScreeningSites } from './screening-sites.js';

/** For the web role: it can say what the screening would make of a text, and screens nothing. */
@Module({
  imports: [SitesModule, RulesModule, SiteModelsModule],
  providers: [CommentPreview, ScreeningSites],
  exports: [CommentPreview],
})
export class ScreeningPreviewModule {}
