import type { Database } from '../../platform/database/database.js';
import type { AccountId } from '../../platform/ids.js';

export interface ListedAccount {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly isOperator: boolean;
  /** Such as "blog (owner)". */
  readonly places: readonly string[];
}

const AT_A_TIME = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Every account in the order of their making, a few hundred at a time. */
export async function* listAccounts(database: Database): AsyncGenerator<ListedAccount[]> {
  let after: string | undefined = BEFORE_ALL;
  while (after !== undefined) {
    const page: ListedAccount[] = await readSome(database, after);
    if (page.length > 0) yield page;
    after = page.length === AT_A_TIME ? page.at(-1)?.id : undefined;
  }
}

function readSome(database: Database, after: string): Promise<ListedAccount[]> {
  return database.acrossSites('list every account', (manager) =>
    manager.query(
      `select a.id, a.email, a.name, a.is_operator as "isOperator",
              array(select s.key || ' (' || m.role || ')' from membership m join site s on s.id = m.site_id
                     where m.account_id = a.id order by s.key) as places
         from account a where a.id > $1 order by a.id limit $2`,
      [after, AT_A_TIME],
    ),
  );
}
