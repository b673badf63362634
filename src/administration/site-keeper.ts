import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller, Person } from '../accounts/caller.js';
import { recordAct } from '../accounts/record-act.js';
import { Clock } from '../platform/clock.js';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import { isDeadlock } from '../platform/database/row-fault.js';
import { newId, type SiteId } from '../platform/ids.js';
import { Problem } from '../platform/problem/problem.js';
import { openCursor, sealCursor } from '../platform/signing/cursor.js';
import { Secrets } from '../platform/signing/secrets.js';
import { normaliseOrigin } from '../sites/origins.js';
import { describeSite, type KnownSite } from '../sites/site-directory.js';
import { Site } from '../sites/site.entity.js';
import type { ChangeSiteDto, MakeSiteDto, SiteSettingsDto } from './site.dto.js';
import { viewSite, type SiteView } from './site.view.js';
import { changesOf } from './site-changes.js';

export interface SitesPage {
  readonly items: readonly SiteView[];
  readonly nextCursor: string | null;
}

const REMOVE_TRIES = 10;

/** Makes, changes and removes sites. */
@Injectable()
export class SiteKeeper {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** All sites for an operator, their own for everybody else; by key. */
  list(person: Person, limit: number, cursor: string | null): Promise<SitesPage> {
    const scope = ['sites', person.accountId];
    const [after = ''] = cursor === null ? [] : openCursor(this.secrets, scope, cursor);
    return this.database.acrossSites('an operator lists sites', async (manager) => {
      const query = manager.createQueryBuilder(Site, 's').where('s.key > :after', { after });
      if (!person.isOperator) {
        const ids = [...person.memberships.values()].map(({ siteId }) => siteId);
        query.andWhere('s.id = any(:ids)', { ids });
      }
      const rows = await query
        .orderBy('s.key')
        .limit(limit + 1)
        .getMany();
      const items = rows.slice(0, limit).map((row) => viewSite(describeSite(row)));
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items, nextCursor: last ? sealCursor(this.secrets, scope, [last.key]) : null };
    });
  }

  /** @throws Problem `site-key-taken` */
  async make({ key, name, origins = [], settings = {} }: MakeSiteDto, by: Person): Promise<SiteView> {
    checkThresholds(settings);
    const row = {
      id: newId<SiteId>(),
      key,
      name: name ?? key,
      origins: normaliseAll(origins),
      settings: { ...settings, weights: changedOnly(Object.entries(settings.weights ?? {})) } as Site['settings'],
      createdAt: this.clock.now(),
    };
    await this.database.acrossSites('an operator makes a site', async (manager) => {
      const made = await manager
        .createQueryBuilder()
        .insert()
        .into(Site)
        .values(row)
        .orIgnore()
        .returning('id')
        .execute();
      if ((made.raw as unknown[]).length === 0) throw new Problem('site-key-taken');
      await recordAct(manager, row.id, by, { action: 'site-made', subject: row.name });
      await this.changes.tellSites(manager);
    });
    return viewSite(describeSite(row));
  }

  /** What is given replaces what was; the rest stays. */
  async change(site: KnownSite, { name, origins, settings }: ChangeSiteDto, by: Caller): Promise<SiteView> {
    if (settings) checkThresholds(settings, site.settings.thresholds);
    return this.database.inSite(site.id, async (manager) => {
      const row = await manager.findOne(Site, { where: { id: site.id }, lock: { mode: 'for_no_key_update' } });
      if (!row) throw new Problem('site-not-found');
      const before = describeSite(row);
      if (name !== undefined) row.name = name;
      if (origins) row.origins = normaliseAll(origins);
      if (settings) {
        const merged = {
          thresholds: Object.assign({}, row.settings.thresholds, settings.thresholds),
          weights: changedOnly(Object.entries(Object.assign({}, row.settings.weights, settings.weights))),
        };
        row.settings = { ...row.settings, ...settings, ...merged } as Site['settings'];
      }
      await manager.save(row);
      const after = describeSite(row);
      for (const act of changesOf(before, after)) await recordAct(manager, site.id, by, act);
      await this.changes.tellSites(manager);
      return viewSite(after);
    });
  }

  /**
   * The site and everything in it. The deletion goes from the site down to its comments, screening from the comments
   * up: when they meet, PostgreSQL ends one of them, and it is tried again.
   */
  async remove(site: KnownSite): Promise<void> {
    for (let triesLeft = REMOVE_TRIES; ; triesLeft--) {
      try {
        await this.database.inSite(site.id, (manager) => this.#removeAll(manager, site.id));
        return;
      } catch (error) {
        if (!isDeadlock(error) || triesLeft === 1) throw error;
      }
    }
  }

  async #removeAll(manager: EntityManager, id: SiteId): Promise<void> {
    await manager.query('set local statement_timeout = 0; set local lock_timeout = 0');
    await manager.delete(Site, { id });
    await this.changes.tellSites(manager);
  }
}

function normaliseAll(origins: readonly string[]): string[] {
  return [...new Set(origins.map((origin) => normaliseOrigin(origin) ?? origin))];
}

/** A factor of one is none: so a weight is set back, and what is stored is what somebody chose. */
function changedOnly(weights: readonly [string, number | undefined][]): Record<string, number | undefined> {
  return Object.fromEntries(weights.filter(([, factor]) => factor !== undefined && factor !== 1));
}

function checkThresholds({ thresholds }: SiteSettingsDto, standing?: KnownSite['settings']['thresholds']): void {
  const hold = thresholds?.hold ?? standing?.hold ?? 0;
  const spam = thresholds?.spam ?? standing?.spam ?? 1;
  if (hold <= spam) return;
  const detail = 'A comment is held before it is put away: `hold` is at most `spam`.';
  throw new Problem('invalid-body', { errors: [{ pointer: '/settings/thresholds/hold', rule: 'order', detail }] });
}
