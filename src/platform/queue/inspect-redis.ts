import { Cluster, Redis } from 'ioredis';

/* Looks at the Redis an operator gave, for the start and for the doctor. It changes nothing there. */

const WITHIN_MS = 2_000;
const END_WITHIN_MS = 100;

export interface RedisFacts {
  readonly version: string;
  /** What Redis does when its memory is full. */
  readonly evictionPolicy: string;
  /** Whether an append-only file keeps the jobs over a restart. */
  readonly hasAppendOnlyFile: boolean;
  readonly usedBytes: number;
  /** 0: no limit of its own. */
  readonly mostBytes: number;
  /** Its time of day, in milliseconds, at the moment of the answer. */
  readonly timeMs: number;
  /** How long it took to answer, there and back. */
  readonly answerMs: number;
}

/** @throws an error whose message says why it cannot be asked */
export async function inspectRedis(urls: string): Promise<RedisFacts> {
  const client = openClient(urls.split(','));
  const errors: Error[] = [];
  client.on('error', (error: Error) => errors.push(error));
  try {
    return await within(async () => {
      await client.connect();
      return readFacts(client instanceof Cluster ? (client.nodes('master')[0] ?? client) : client);
    });
  } catch (error) {
    // What ended the connection says more than that it is closed.
    throw errors[0] ?? error;
  } finally {
    client.disconnect();
  }
}

function openClient(urls: readonly string[]): Redis | Cluster {
  // ioredis waits for the end of a connection that was refused, and keeps the process for as long.
  const options = {
    lazyConnect: true,
    disconnectTimeout: END_WITHIN_MS,
    connectTimeout: WITHIN_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  };
  if (urls.length === 1) return new Redis(urls[0] ?? '', options);
  return new Cluster([...urls], { redisOptions: options, lazyConnect: true, clusterRetryStrategy: () => null });
}

async function readFacts(client: Redis | Cluster): Promise<RedisFacts> {
  const text = await client.info();
  const askedAt = performance.now();
  const [seconds, microseconds] = await client.time();
  const fact = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(text)?.[1] ?? '';
  return {
    version: fact('redis_version'),
    evictionPolicy: fact('maxmemory_policy'),
    hasAppendOnlyFile: fact('aof_enabled') === '1',
    usedBytes: Number(fact('used_memory')),
    mostBytes: Number(fact('maxmemory')),
    timeMs: Number(seconds) * 1000 + Number(microseconds) / 1000,
    answerMs: performance.now() - askedAt,
  };
}

async function within<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${WITHIN_MS / 1000} s`));
    }, WITHIN_MS);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
