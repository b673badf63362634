import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Changes } from '../platform/database/changes.js';
import { Database } from '../platform/database/database.js';
import { newId, type SiteId } from '../platform/ids.js';
import { Site } from '../sites/site.entity.js';

/** A site to try things out with, made at the first start with no sites. */
@Injectable()
export class DemoSite {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
    private readonly clock: Clock,
  ) {}

  /** @returns whether it was made now */
  ensure(): Promise<boolean> {
    return this.database.acrossSites('make the demo site', async (manager) => {
      if (await manager.exists(Site)) return false;
      const row = {
        id: newId<SiteId>(),
        key: 'demo',
        name: 'Demo',
        origins: [],
        settings: {},
        createdAt: this.clock.now(),
      };
      const made = await manager
        .createQueryBuilder()
        .insert()
        .into(Site)
        .values(row)
        .orIgnore()
        .returning('id')
        .execute();
      if ((made.raw as unknown[]).length === 0) return false;
      await this.changes.tellSites(manager);
      return true;
    });
  }
}
