import type { EntityManager } from 'typeorm';
import { Database } from '../../src/platform/database/database.js';
import type { SiteId } from '../../src/platform/ids.js';

/** Counts what is read of published comments, and can hold a reader between its read and its answer. */
export class WatchedDatabase extends Database {
  reads = 0;
  gate: Promise<void> = Promise.resolve();

  override async readInSite<T>(site: SiteId, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = await super.readInSite(site, work);
    this.reads++;
    return this.gate.then(() => result);
  }
}
