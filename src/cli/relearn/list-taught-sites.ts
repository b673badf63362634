import type { Database } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';

export interface TaughtSite {
  readonly id: SiteId;
  readonly key: string;
}

const AT_A_TIME = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Every site on which a person has decided anything, a few hundred at a time. */
export async function* listTaughtSites(database: Database): AsyncGenerator<TaughtSite> {
  let after: string | undefined = BEFORE_ALL;
  while (after !== undefined) {
    const page: TaughtSite[] = await readSome(database, after);
    yield* page;
    after = page.length === AT_A_TIME ? page.at(-1)?.id : undefined;
  }
}

function readSome(database: Database, after: string): Promise<TaughtSite[]> {
  return database.acrossSites('an operator relearns', (manager) =>
    manager.query(
      `select s.id, s.key from site_counter k join site s on s.id = k.site_id
        where k.decided_seq > 0 and k.site_id > $1 order by k.site_id limit $2`,
      [after, AT_A_TIME],
    ),
  );
}
