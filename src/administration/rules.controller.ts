import { Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import type { Caller } from '../accounts/caller.js';
import { CurrentCaller } from '../accounts/current-caller.decorator.js';
import { readPageAsked, type Page } from '../accounts/page.js';
import { MemberOnly } from '../platform/http/access.js';
import { JsonBody } from '../platform/http/body.decorator.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import type { RawQuery } from '../platform/http/query.js';
import type { RuleId } from '../platform/ids.js';
import { RuleKeeper } from '../rules/rule-keeper.js';
import { RuleTrial, type Trial } from '../rules/rule-trial.js';
import type { KnownSite } from '../sites/site-directory.js';
import { SitePipe } from '../sites/site.pipe.js';
import { viewPage } from './member.view.js';
import { ChangeRuleDto, MakeRuleDto } from './rule.dto.js';
import { viewRule, type RuleView } from './rule.view.js';

/** Who decides on comments may see by which rules some were decided, and what another rule would do. */
const Reading = (): MethodDecorator => MemberOnly('moderator', 'moderation:read');
const Administering = (): MethodDecorator => MemberOnly('owner', 'site:admin');

@Controller('v1/sites/:site/rules')
export class RulesController {
  constructor(
    private readonly keeper: RuleKeeper,
    private readonly trial: RuleTrial,
  ) {}

  @Get()
  @Reading()
  async list(@Param('site', SitePipe) { id }: KnownSite, @Query() query: RawQuery): Promise<Page<RuleView>> {
    return viewPage(await this.keeper.list(id, readPageAsked(query)), viewRule);
  }

  @Post()
  @Administering()
  async make(
    @Param('site', SitePipe) { id }: KnownSite,
    @JsonBody(MakeRuleDto) body: MakeRuleDto,
    @CurrentCaller() caller: Caller,
  ): Promise<RuleView> {
    return viewRule(await this.keeper.make(id, body, caller));
  }

  @Post('test')
  @Reading()
  @HttpCode(200)
  test(@Param('site', SitePipe) site: KnownSite, @JsonBody(MakeRuleDto) body: MakeRuleDto): Promise<Trial> {
    return this.trial.run(site, body);
  }

  @Get(':rule')
  @Reading()
  async read(@Param('site', SitePipe) { id }: KnownSite, @Param('rule', IdPipe) rule: RuleId): Promise<RuleView> {
    return viewRule(await this.keeper.read(id, rule));
  }

  @Patch(':rule')
  @Administering()
  async change(
    @Param('site', SitePipe) { id }: KnownSite,
    @Param('rule', IdPipe) rule: RuleId,
    @JsonBody(ChangeRuleDto) body: ChangeRuleDto,
    @CurrentCaller() caller: Caller,
  ): Promise<RuleView> {
    return viewRule(await this.keeper.change(id, rule, body, caller));
  }

  @Delete(':rule')
  @Administering()
  @HttpCode(204)
  remove(
    @Param('site', SitePipe) { id }: KnownSite,
    @Param('rule', IdPipe) rule: RuleId,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.keeper.remove(id, rule, caller);
  }
}
