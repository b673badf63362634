import { Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import type { Caller, Person } from '../accounts/caller.js';
import { CurrentCaller, CurrentPerson } from '../accounts/current-caller.decorator.js';
import { MemberOnly, OperatorOnly, SignedIn } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { readLimit, readOne, type RawQuery } from '../platform/http/query.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { ChangeSiteDto, MakeSiteDto } from './site.dto.js';
import { SiteKeeper, type SitesPage } from './site-keeper.js';
import { viewSite, type SiteView } from './site.view.js';

@Controller('v1/sites')
export class SitesController {
  constructor(private readonly keeper: SiteKeeper) {}

  @Get()
  @SignedIn()
  list(@CurrentPerson() person: Person, @Query() query: RawQuery): Promise<SitesPage> {
    return this.keeper.list(person, readLimit(query), readOne(query, 'cursor') ?? null);
  }

  @Post()
  @OperatorOnly()
  make(@JsonBody(MakeSiteDto) body: MakeSiteDto, @CurrentPerson() person: Person): Promise<SiteView> {
    return this.keeper.make(body, person);
  }

  @Get(':site')
  @MemberOnly('viewer', 'site:admin')
  read(@Param('site', SitePipe) site: KnownSite): SiteView {
    return viewSite(site);
  }

  @Patch(':site')
  @MemberOnly('owner', 'site:admin')
  change(
    @Param('site', SitePipe) site: KnownSite,
    @JsonBody(ChangeSiteDto) body: ChangeSiteDto,
    @CurrentCaller() caller: Caller,
  ): Promise<SiteView> {
    return this.keeper.change(site, body, caller);
  }

  @Delete(':site')
  @MemberOnly('owner', 'site:admin')
  @HttpCode(204)
  remove(@Param('site', SitePipe) site: KnownSite): Promise<void> {
    return this.keeper.remove(site);
  }
}
