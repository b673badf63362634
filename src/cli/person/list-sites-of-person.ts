import type { Database } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';

const AT_A_TIME = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface Looked {
  readonly id: SiteId;
  readonly key: string;
  readonly knows: boolean;
}

/** The keys of the sites that keep anything of an author, a few hundred sites looked at in one go. */
export async function* listSitesOfPerson(database: Database, authorKey: string): AsyncGenerator<string> {
  let after: string | undefined = BEFORE_ALL;
  while (after !== undefined) {
    const page: Looked[] = await readSome(database, authorKey, after);
    for (const { key, knows } of page) if (knows) yield key;
    after = page.length === AT_A_TIME ? page.at(-1)?.id : undefined;
  }
}

function readSome(database: Database, authorKey: string, after: string): Promise<Looked[]> {
  return database.acrossSites('an operator looks for a person', (manager) =>
    manager.query(
      `select s.id, s.key,
              exists (select from comment c where c.site_id = s.id and c.author_key = $1)
              or exists (select from moderator_note n where n.site_id = s.id and n.author_key = $1)
              or exists (select from site_rule r where r.site_id = s.id and r.field = 'address' and r.match = 'exact'
                            and r.value = $1)
              or exists (select from moderation_job j, jsonb_each_text(j.filter) f
                          where j.site_id = s.id and position($1 in lower(f.value)) > 0) as knows
         from site s where s.id > $2 order by s.id limit $3`,
      [authorKey, after, AT_A_TIME],
    ),
  );
}
