import { learnSite } from '../../learning/learn-site.js';
import { ExampleReader } from '../../learning/read-example.js';
import { relearnSite, type Relearned } from '../../learning/relearn-site.js';
import { starterFilter } from '../../lib/spam/classifier/starter.js';
import { Changes } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';
import { SiteDirectory } from '../../sites/site-directory.js';
import { openPlatform } from '../open-platform.js';

/** The room of learning on the service's own database, put together as its module would, without HTTP and queue. */
export interface Learning {
  readonly database: Database;
  readonly sites: SiteDirectory;
  /** Learns what is decided and not learned, then folds anew. */
  relearn(site: SiteId): Promise<Relearned>;
  close(): Promise<void>;
}

/** @throws CommandFault in the words of a start that cannot succeed */
export async function openLearning(environment: Readonly<Record<string, string | undefined>>): Promise<Learning> {
  const connected = await openPlatform(environment);
  const { dataSource, listener } = connected.platform;
  const database = new Database(dataSource);
  const reader = new ExampleReader(starterFilter);
  return {
    database,
    sites: new SiteDirectory(database, new Changes(listener)),
    relearn: async (site) => {
      for (let hasMore = true; hasMore;) {
        ({ hasMore } = await database.inSite(site, (manager) => learnSite(manager, site, reader)));
      }
      return database.inSite(site, (manager) => relearnSite(manager, site));
    },
    close: () => connected.close(),
  };
}
