import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { nameOf, type Caller } from '../accounts/caller.js';
import { readPage, type Page, type PageAsked } from '../accounts/page.js';
import { recordAct } from '../accounts/record-act.js';
import { MOST_STEPS_OF_SITE } from '../lib/spam/rules/patterns.js';
import { readRule } from '../lib/spam/rules/read-rule.js';
import type { Rule } from '../lib/spam/rules/rule.js';
import { Clock } from '../platform/clock.js';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import { newId, type RuleId, type SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { Secrets } from '../platform/signing/secrets.js';
import { Site } from '../sites/site.entity.js';
import { describeRule, valueAsKept } from './rule-words.js';
import { SiteRule } from './site-rule.entity.js';

const MOST_RULES = 1_000;

export type WrittenRule = Rule & { readonly note?: string | null | undefined };

/** Makes, changes and removes the rules of a site. */
@Injectable()
export class RuleKeeper {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** Oldest first. @throws Problem `invalid-cursor` */
  list(site: SiteId, asked: PageAsked): Promise<Page<SiteRule>> {
    const read = (after: string, most: number): Promise<SiteRule[]> =>
      this.database.inSite(site, (manager) =>
        manager
          .createQueryBuilder(SiteRule, 'r')
          .where('r.site_id = :site and r.id > :after', { site, after })
          .orderBy('r.id')
          .limit(most)
          .getMany(),
      );
    return readPage(this.secrets, ['rules', site], asked, read, ({ id }) => id);
  }

  /** @throws Problem `rule-not-found` */
  read(site: SiteId, id: RuleId): Promise<SiteRule> {
    return this.database.inSite(site, (manager) => findRule(manager, site, id));
  }

  /** @throws Problem `invalid-body`, `too-many-rules` */
  make(site: SiteId, written: WrittenRule, by: Caller): Promise<SiteRule> {
    const { field, match, action, note = null } = written;
    const value = valueAsKept(written);
    const steps = stepsOf({ field, match, value, action });
    return this.database.inSite(site, async (manager) => {
      const others = await lockRules(manager, site);
      refuseTooMany(others);
      refuseTooManySteps(others, steps);
      const row = { siteId: site, id: newId<RuleId>(), field, match, value, action, note };
      const rule = { ...row, createdAt: this.clock.now(), createdBy: nameOf(by) };
      await manager.insert(SiteRule, rule);
      await recordAct(manager, site, by, { action: 'rule-made', ...describeRule(rule) });
      await this.changes.tellSites(manager);
      return rule;
    });
  }

  /** What is given replaces what was; the rest stays. @throws Problem `rule-not-found`, `invalid-body`, `too-many-rules` */
  change(site: SiteId, id: RuleId, given: Partial<WrittenRule>, by: Caller): Promise<SiteRule> {
    return this.database.inSite(site, async (manager) => {
      const all = await lockRules(manager, site);
      const rule = all.find((one) => one.id === id);
      if (!rule) throw new Problem('rule-not-found');
      Object.assign(rule, withoutUndefined(given));
      rule.value = valueAsKept(rule);
      refuseTooManySteps(
        all.filter((one) => one !== rule),
        stepsOf(rule),
      );
      const { field, match, value, action, note } = rule;
      await manager.update(SiteRule, { siteId: site, id }, { field, match, value, action, note });
      await recordAct(manager, site, by, { action: 'rule-changed', ...describeRule(rule) });
      await this.changes.tellSites(manager);
      return rule;
    });
  }

  /** @throws Problem `rule-not-found` */
  async remove(site: SiteId, id: RuleId, by: Caller): Promise<void> {
    await this.database.inSite(site, async (manager) => {
      const rule = await findRule(manager, site, id);
      const { affected } = await manager.delete(SiteRule, { siteId: site, id });
      if (!affected) throw new Problem('rule-not-found');
      await recordAct(manager, site, by, { action: 'rule-removed', ...describeRule(rule) });
      await this.changes.tellSites(manager);
    });
  }
}

/** How large the rule's expression is, 0 for none. @throws Problem `invalid-body` for what can be no rule */
export function stepsOf(rule: Rule): number {
  const read = readRule(rule);
  if ('steps' in read) return read.steps;
  const { member, detail } = read;
  throw new Problem('invalid-body', { errors: [{ pointer: `/${member}`, rule: `rule-${member}`, detail }] });
}

/** With the site's row locked, so that two who add at once are counted one after the other. */
export async function lockRules(manager: EntityManager, siteId: SiteId): Promise<SiteRule[]> {
  const site = await manager.findOne(Site, { where: { id: siteId }, lock: { mode: 'for_no_key_update' } });
  if (!site) throw new Problem('site-not-found');
  return manager.findBy(SiteRule, { siteId });
}

async function findRule(manager: EntityManager, siteId: SiteId, id: RuleId): Promise<SiteRule> {
  const rule = await manager.findOneBy(SiteRule, { siteId, id });
  if (!rule) throw new Problem('rule-not-found');
  return rule;
}

export function refuseTooMany(others: readonly SiteRule[]): void {
  if (others.length < MOST_RULES) return;
  throw new Problem('too-many-rules', { detail: `A site has at most ${MOST_RULES} rules. Remove some first.` });
}

/** Every comment is read with all expressions, and a tenant must not slow down the screening of the others. */
function refuseTooManySteps(others: readonly SiteRule[], steps: number): void {
  if (steps === 0) return;
  const standing = others.reduce((sum, rule) => {
    const read = rule.match === 'regex' ? readRule(rule) : null;
    return read && 'steps' in read ? sum + read.steps : sum;
  }, 0);
  if (standing + steps <= MOST_STEPS_OF_SITE) return;
  const left = Math.max(0, MOST_STEPS_OF_SITE - standing);
  throw new Problem('too-many-rules', {
    detail: `The regular expressions of a site have at most ${MOST_STEPS_OF_SITE} steps together. This one has ${steps}, and ${left} are left.`,
  });
}

function withoutUndefined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;
}
