import { TestClient } from '../support/test-client.js';

/** What a client knows after a load: which comments were acknowledged. Everything else may have gone either way. */
export interface History {
  /** By the number each comment carries in its text. */
  readonly acknowledged: Map<number, string>;
  readonly failed: Map<string, number>;
}

export interface Load {
  readonly history: History;
  stop(): Promise<void>;
}

/**
 * Submits without pause over `connections` connections, in turn to each of the addresses, until it is stopped. Numbers go
 * up from `from`: a text that was sent before is the same comment for a minute, and another one after that.
 */
export function startLoad(urls: readonly string[], apiKey: string, connections = 16, from = 0): Load {
  const history: History = { acknowledged: new Map(), failed: new Map() };
  const clients = urls.map((url) => new TestClient(url).withKey(apiKey));
  let next = from;
  let isRunning = true;
  const submit = async (): Promise<void> => {
    const number = next++;
    const client = clients[number % clients.length]!;
    const author = { name: `Reader ${number}`, email: `reader-${number}@example.org` };
    const answer = await client.comment('demo', `article-${number % 5}`, { author, body: `Comment number ${number}.` });
    if (answer.status === 202) history.acknowledged.set(number, answer.body.id);
    else count(history.failed, `${answer.status}`);
  };
  const run = async (): Promise<void> => {
    while (isRunning) {
      await submit().catch((error: unknown) => {
        count(history.failed, (error as { cause?: { code?: string } }).cause?.code ?? 'network');
        // A refused connection answers at once; without a breath the loop would starve the others.
        return new Promise((resolve) => setImmediate(resolve));
      });
    }
  };
  const running = Promise.all(Array.from({ length: connections }, run));
  return {
    history,
    stop: async () => {
      isRunning = false;
      await running;
    },
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
