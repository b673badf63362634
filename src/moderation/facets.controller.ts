import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberAnywhere, MemberOnly } from '../platform/http/access.js';
import type { RawQuery } from '../platform/http/query.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { Facets, type FacetsAcrossSitesView, type FacetsView } from './facets.js';

@Controller('v1')
export class FacetsController {
  constructor(private readonly facets: Facets) {}

  @Get('sites/:site/moderation/facets')
  @MemberOnly('viewer', 'moderation:read')
  ofSite(@Param('site', SitePipe) site: KnownSite, @Query() query: RawQuery): Promise<FacetsView> {
    return this.facets.ofSite(site, query);
  }

  @Get('moderation/facets')
  @MemberAnywhere('moderation:read')
  ofManySites(@CurrentCaller() caller: Caller, @Query() query: RawQuery): Promise<FacetsAcrossSitesView> {
    return this.facets.ofManySites(caller, query);
  }
}
