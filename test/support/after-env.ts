import { Redis } from 'ioredis';
import { testRedisUrl } from './gates.js';

// Each file begins with an empty Redis, as it begins with a fresh database; what an earlier file left would be its jobs.
beforeAll(async () => {
  const url = testRedisUrl();
  if (url !== undefined) {
    const redis = new Redis(url);
    await redis.flushdb();
    await redis.quit();
  }
});
