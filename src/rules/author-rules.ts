// Whom a site trusts and whom it has banned: rules for a whole address like those of the rules page, and no list beside it.
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { nameOf, type Caller } from '../accounts/caller.js';
import { readRule } from '../lib/spam/rules/read-rule.js';
import type { RuleAction } from '../lib/spam/rules/rule.js';
import { Clock } from '../platform/clock.js';
import { Changes } from '../platform/database/changes.js';
import { newId, type RuleId, type SiteId } from '../platform/ids.js';
import { lockRules, refuseTooMany } from './rule-keeper.js';
import { valueAsKept } from './rule-words.js';
import { SiteRule } from './site-rule.entity.js';

export type Standing = 'trusted' | 'banned' | 'none';

const ACTIONS: Readonly<Record<Standing, RuleAction | null>> = { trusted: 'allow', banned: 'spam', none: null };

@Injectable()
export class AuthorRules {
  constructor(
    private readonly changes: Changes,
    private readonly clock: Clock,
  ) {}

  /** Whether a rule can name this one address. Without a local part it would stand for all of a domain. */
  canName(address: string): boolean {
    return address.lastIndexOf('@') > 0 && valueOf(address) !== null;
  }

  /**
   * Leaves the address with the one rule that the standing asks for, or with none. Rules that hold it stay.
   * @returns whether anything changed
   * @throws Problem `too-many-rules`, `site-not-found`
   */
  async set(manager: EntityManager, site: SiteId, address: string, standing: Standing, by: Caller): Promise<boolean> {
    const all = await lockRules(manager, site);
    const theirs = all.filter((rule) => rule.action !== 'hold' && isFor(rule, address));
    const action = ACTIONS[standing];
    const kept = theirs.find((rule) => rule.action === action);
    const gone = theirs.filter((rule) => rule !== kept);
    for (const { id } of gone) await manager.delete(SiteRule, { siteId: site, id });
    const isNew = action !== null && !kept;
    if (isNew) {
      refuseTooMany(all.filter((rule) => !gone.includes(rule)));
      const terms = { field: 'address', match: 'exact', value: address } as const;
      const made = { createdAt: this.clock.now(), createdBy: nameOf(by), note: NOTE };
      const row = { siteId: site, id: newId<RuleId>(), ...terms, value: valueAsKept(terms), action, ...made };
      await manager.insert(SiteRule, row);
    }
    const isChanged = isNew || gone.length > 0;
    if (isChanged) await this.changes.tellSites(manager);
    return isChanged;
  }

  /** How many rules name this one address, whatever they do. */
  async count(manager: EntityManager, site: SiteId, address: string): Promise<number> {
    const rules = await manager.findBy(SiteRule, { siteId: site, field: 'address', match: 'exact' });
    return rules.filter((rule) => isFor(rule, address)).length;
  }

  /**
   * Removes every rule for this one address, also those that hold it.
   * @returns how many there were
   * @throws Problem `site-not-found`
   */
  async forget(manager: EntityManager, site: SiteId, address: string): Promise<number> {
    if (!this.canName(address)) return 0;
    const theirs = (await lockRules(manager, site)).filter((rule) => isFor(rule, address));
    for (const { id } of theirs) await manager.delete(SiteRule, { siteId: site, id });
    if (theirs.length > 0) await this.changes.tellSites(manager);
    return theirs.length;
  }
}

const NOTE = 'Set at a comment of this author.';

function isFor({ field, match, value }: SiteRule, address: string): boolean {
  return field === 'address' && match === 'exact' && valueOf(value) === valueOf(address);
}

/** In the form in which addresses are compared. */
function valueOf(address: string): string | null {
  const read = readRule({ field: 'address', match: 'exact', value: address });
  return 'value' in read ? read.value : null;
}
