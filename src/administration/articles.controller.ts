import { Controller, Get, Param, Patch, Query } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { ArticleKeyPipe } from '../comments/article-key.pipe.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { readLimit, readOne, type RawQuery } from '../platform/http/query.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { ArticleKeeper, type ArticlesPage, type ArticleView } from './article-keeper.js';
import { ChangeArticleDto } from './article.dto.js';

@Controller('v1/sites/:site/articles')
export class ArticlesController {
  constructor(private readonly keeper: ArticleKeeper) {}

  @Get()
  @MemberOnly('viewer', 'site:admin')
  list(@Param('site', SitePipe) site: KnownSite, @Query() query: RawQuery): Promise<ArticlesPage> {
    return this.keeper.list(site, readLimit(query), readOne(query, 'cursor') ?? null, readOne(query, 'q') ?? null);
  }

  @Patch(':article')
  @MemberOnly('owner', 'site:admin')
  change(
    @Param('site', SitePipe) site: KnownSite,
    @Param('article', ArticleKeyPipe) article: string,
    @JsonBody(ChangeArticleDto) body: ChangeArticleDto,
    @CurrentCaller() caller: Caller,
  ): Promise<ArticleView> {
    return this.keeper.change(site, article, body, caller);
  }
}
