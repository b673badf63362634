import { Module } from '@nestjs/common';
import { RuleKeeper } from './rule-keeper.js';
import { RuleTrial } from './rule-trial.js';
import { SiteRules } from './site-rules.js';

@Module({ providers: [SiteRules, RuleKeeper, RuleTrial], exports: [SiteRules, RuleKeeper, RuleTrial] })
export class RulesModule {}
