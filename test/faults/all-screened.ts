import { TestClient } from '../support/test-client.js';
import type { TestDatabase } from '../support/test-database.js';
import { OPERATOR } from '../support/test-service.js';
import { waitUntil } from '../support/wait-until.js';

/** For a service that makes its own database. */
export const AS_OPERATOR = { ADMIN_EMAIL: OPERATOR.email, ADMIN_PASSWORD: OPERATOR.password };

/** Every comment of the site `demo` has its verdict. @returns their ids */
export async function allScreened(url: string): Promise<Set<string>> {
  const operator = await new TestClient(url).signIn(OPERATOR.email, OPERATOR.password);
  await waitUntil(
    async () => {
      const answer = await operator.get<{ counts: { received: number } }>('/v1/sites/demo/moderation/summary');
      return answer.body.counts.received === 0;
    },
    'no comment waits for its screening',
    120_000,
  );
  const stored = new Set<string>();
  for (const status of ['pending', 'spam', 'published', 'approved']) {
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: { id: string }[]; nextCursor: string | null } } = await operator.get(
        `/v1/sites/demo/moderation/comments?status=${status}&limit=100${cursor && `&cursor=${cursor}`}`,
      );
      for (const { id } of page.body.items) stored.add(id);
      cursor = page.body.nextCursor;
    }
  }
  return stored;
}

/** A key that may submit to the site `demo`. */
export async function makeSubmitKey(url: string): Promise<string> {
  const operator = await new TestClient(url).signIn(OPERATOR.email, OPERATOR.password);
  const made = await operator.post<{ key: string }>('/v1/sites/demo/api-keys', {
    name: 'load',
    scopes: ['comments:write'],
  });
  return made.body.key;
}

/** Every acknowledged comment is in the database, and each that is there has one verdict. */
export async function expectScreenedOnce({ superuser }: TestDatabase, acknowledged: Iterable<string>): Promise<void> {
  const count = async (sql: string): Promise<number> =>
    Number((await superuser.query<{ n: string }>(`select count(*) n from ${sql}`)).rows[0]?.n);
  await waitUntil(
    async () => (await count("comment where status = 'received'")) === 0,
    'every comment has its verdict',
    120_000,
  );
  const { rows } = await superuser.query<{ id: string }>('select id from comment');
  const stored = new Set(rows.map(({ id }) => id));
  expect(stored.size).toBeGreaterThan(0);
  expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
  expect(await count("comment_event where action = 'screening'")).toBe(stored.size);
  expect(await count('(select body from comment group by body having count(*) > 1) twice')).toBe(0);
}
