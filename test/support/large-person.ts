// Somebody who wrote a lot, and a database on which it takes its time to be erased.
import type { TestClient } from './test-client.js';
import type { TestDatabase } from './test-database.js';
import { unlikeOthers } from './test-site.js';

const AT_ONCE = 40;

/** Comments of one author, as many as asked for, left as they came. @returns their ids */
export async function writeMany(
  client: TestClient,
  site: string,
  count: number,
  author: { readonly name: string; readonly email: string },
): Promise<string[]> {
  const ids: string[] = [];
  let left = count;
  const write = async (): Promise<void> => {
    while (left-- > 0) {
      const body = `${unlikeOthers(left)} ${author.name} wrote it.`;
      const answer = await client.comment<{ id: string }>(site, '/a', { author, body });
      if (answer.status !== 202) throw new Error(`Submitting failed: ${answer.text}`);
      ids.push(answer.body.id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, write));
  return ids;
}

/** From now on PostgreSQL takes so long for each comment that is deleted. */
export async function slowDeletions({ superuser }: TestDatabase, msEach: number): Promise<void> {
  await superuser.query(`
    create function take_time() returns trigger language plpgsql as
      $$ begin perform pg_sleep(${String(msEach / 1_000)}); return new; end $$;
    create trigger take_time before update on comment for each row
      when (new.status = 'deleted' and old.status <> 'deleted') execute function take_time()`);
}

export async function deletedComments({ superuser }: TestDatabase): Promise<number> {
  const { rows } = await superuser.query<{ count: number }>(
    `select count(*)::int as count from comment where status = 'deleted'`,
  );
  return rows[0]?.count ?? 0;
}
