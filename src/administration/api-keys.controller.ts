import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiKeys } from '../accounts/api-keys.js';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { ApiKeyId } from '../platform/ids.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { MakeApiKeyDto } from './api-key.dto.js';
import { viewApiKey, viewNewApiKey, type ApiKeyView, type NewApiKeyView } from './api-key.view.js';

const Administering = (): MethodDecorator => MemberOnly('owner', 'site:admin');

@Controller('v1/sites/:site/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeys) {}

  @Get()
  @Administering()
  async list(@Param('site', SitePipe) { id }: KnownSite): Promise<{ items: ApiKeyView[]; nextCursor: null }> {
    return { items: (await this.apiKeys.list(id)).map(viewApiKey), nextCursor: null };
  }

  @Post()
  @Administering()
  async make(
    @Param('site', SitePipe) { id }: KnownSite,
    @JsonBody(MakeApiKeyDto) { name, scopes }: MakeApiKeyDto,
    @CurrentCaller() caller: Caller,
  ): Promise<NewApiKeyView> {
    return viewNewApiKey(await this.apiKeys.make(id, name, scopes, caller));
  }

  @Delete(':key')
  @Administering()
  @HttpCode(204)
  revoke(
    @Param('site', SitePipe) { id }: KnownSite,
    @Param('key', IdPipe) key: ApiKeyId,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.apiKeys.revoke(id, key, caller);
  }
}
