import { Injectable } from '@nestjs/common';
import { MakeRuleDto } from '../../administration/rule.dto.js';
import { readPageAsked } from '../../accounts/page.js';
import type { FieldsOfForm } from '../../platform/http/body.decorator.js';
import { readOne, type RawQuery } from '../../platform/http/query.js';
import { readBody } from '../../platform/http/read-body.js';
import type { RuleId } from '../../platform/ids.js';
import { writePage } from '../../platform/pages/page.js';
import { Secrets } from '../../platform/signing/secrets.js';
import { RuleKeeper } from '../../rules/rule-keeper.js';
import { RuleTrial } from '../../rules/rule-trial.js';
import { DESK_PAGE, sitePath } from './desk-links.js';
import type { SiteVisit } from './desk-members.js';
import { deskPage } from './desk-shell.js';
import { refusalInWords, refusalOf } from './form-refusal.js';
import { renderRules, type RuleTyped, type RulesNews } from './rules-page.js';
import { openSaid, withSaid } from './said.js';

/** The rules of a site, for its owners. What a rule may be is said by RuleKeeper. */
@Injectable()
export class DeskRules {
  constructor(
    private readonly keeper: RuleKeeper,
    private readonly trial: RuleTrial,
    private readonly secrets: Secrets,
  ) {}

  async write({ site, person, reply }: SiteVisit, raw: RawQuery, news: RulesNews = {}): Promise<string> {
    const rules = await this.keeper.list(site.id, { ...readPageAsked(raw), limit: DESK_PAGE });
    const said = openSaid(this.secrets, person.accountId, readOne(raw, 'said'));
    const told = news.refusal ? refusalInWords(news.refusal) : news.trial ? 'Tried, not made.' : '';
    const title = `${told} Rules of ${site.name}`.trim();
    return writePage(reply, deskPage(person, site, title, renderRules(site, rules, news), { said }));
  }

  /** Tries the rule that was typed, or makes it. */
  async answer(visit: SiteVisit, fields: FieldsOfForm): Promise<string> {
    const typed = readTyped(fields);
    try {
      const { note, ...terms } = typed;
      const rule = readBody(MakeRuleDto, note.trim() === '' ? terms : typed);
      if (fields.do !== 'make') {
        const trial = await this.trial.run(visit.site, rule);
        void visit.reply.status(200);
        return await this.write(visit, {}, { typed, trial });
      }
      await this.keeper.make(visit.site.id, rule, visit.person);
      return this.#goBack(visit, 'The rule is made.');
    } catch (error) {
      return this.write(visit, {}, { typed, refusal: refusalOf(error, visit.reply) });
    }
  }

  /** @throws Problem `rule-not-found` */
  async remove(visit: SiteVisit, id: RuleId): Promise<string> {
    await this.keeper.remove(visit.site.id, id, visit.person);
    return this.#goBack(visit, 'The rule is removed.');
  }

  #goBack({ site, person, reply }: SiteVisit, words: string): string {
    const path = withSaid(this.secrets, person.accountId, sitePath(site.key, '/rules'), words);
    void reply.status(303).header('location', path);
    return '';
  }
}

function readTyped({ field = '', match = '', value = '', action = '', note = '' }: FieldsOfForm): RuleTyped {
  return { field, match, value, action, note };
}
