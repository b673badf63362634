import { Module } from '@nestjs/common';
import { AuthorRules } from './author-rules.js';
import { RuleKeeper } from './rule-keeper.js';
import { RuleTrial } from './rule-trial.js';
import { SiteRules } from './site-rules.js';

const OFFERED = [SiteRules, RuleKeeper, RuleTrial, AuthorRules];

@Module({ providers: OFFERED, exports: OFFERED })
export class RulesModule {}
