import { Controller, HttpCode, Param, Post, type StreamableFile } from '@nestjs/common';
import type { Caller } from '../../accounts/caller.js';
import { CurrentCaller } from '../../accounts/current-caller.decorator.js';
import { MemberOnly } from '../../platform/http/access.js';
import { JsonBody } from '../../platform/http/body.decorator.js';
import type { KnownSite } from '../../sites/site-directory.js';
import { SitePipe } from '../../sites/site.pipe.js';
import { PersonErasure, type Erased } from './person-erasure.js';
import { PersonExport } from './person-export.js';
import { PersonDto } from './person.dto.js';

@Controller('v1/sites/:site/people')
export class PersonController {
  constructor(
    private readonly exported: PersonExport,
    private readonly erasure: PersonErasure,
  ) {}

  @Post('export')
  @MemberOnly('owner', 'site:admin')
  @HttpCode(200)
  export(
    @Param('site', SitePipe) site: KnownSite,
    @JsonBody(PersonDto) { email }: PersonDto,
    @CurrentCaller() caller: Caller,
  ): Promise<StreamableFile> {
    return this.exported.download(site, email, caller);
  }

  @Post('erase')
  @MemberOnly('owner', 'site:admin')
  @HttpCode(200)
  erase(
    @Param('site', SitePipe) site: KnownSite,
    @JsonBody(PersonDto) { email }: PersonDto,
    @CurrentCaller() caller: Caller,
  ): Promise<Erased> {
    return this.erasure.erase(site, email, caller);
  }
}
