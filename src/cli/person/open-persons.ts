import { CommentMover } from '../../comments/move-comment.js';
import { PersonErasure } from '../../moderation/person/person-erasure.js';
import { PersonExport } from '../../moderation/person/person-export.js';
import { SystemClock } from '../../platform/clock.js';
import { Changes } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import { AuthorRules } from '../../rules/author-rules.js';
import { SiteDirectory } from '../../sites/site-directory.js';
import { openPlatform } from '../open-platform.js';

/** What is kept of persons, on the service's own database, put together as its module would, without HTTP and queue. */
export interface Persons {
  readonly database: Database;
  readonly sites: SiteDirectory;
  readonly exported: PersonExport;
  readonly erasure: PersonErasure;
  close(): Promise<void>;
}

/** @throws CommandFault in the words of a start that cannot succeed */
export async function openPersons(environment: Readonly<Record<string, string | undefined>>): Promise<Persons> {
  const connected = await openPlatform(environment);
  const { dataSource, listener } = connected.platform;
  const [database, changes, clock] = [new Database(dataSource), new Changes(listener), new SystemClock()];
  return {
    database,
    sites: new SiteDirectory(database, changes),
    exported: new PersonExport(database, clock),
    erasure: new PersonErasure(database, new CommentMover(changes), new AuthorRules(changes, clock), clock),
    close: () => connected.close(),
  };
}
