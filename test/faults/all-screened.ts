import { TestClient } from '../support/test-client.js';
import { waitUntil } from '../support/wait-until.js';

export const OPERATOR = { ADMIN_EMAIL: 'operator@winnow.test', ADMIN_PASSWORD: 'correct horse battery' };

/** Every comment of the site `demo` has its verdict. @returns their ids */
export async function allScreened(url: string): Promise<Set<string>> {
  const operator = await new TestClient(url).signIn(OPERATOR.ADMIN_EMAIL, OPERATOR.ADMIN_PASSWORD);
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
  const operator = await new TestClient(url).signIn(OPERATOR.ADMIN_EMAIL, OPERATOR.ADMIN_PASSWORD);
  const made = await operator.post<{ key: string }>('/v1/sites/demo/api-keys', {
    name: 'load',
    scopes: ['comments:write'],
  });
  return made.body.key;
}
