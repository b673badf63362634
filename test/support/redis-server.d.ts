/** Starts the Redis; undefined when there is no `redis-server` on the PATH. */
export function startRedis(
  folder: string,
): Promise<{ readonly url: string; readonly pid: number; stop(): Promise<void> } | undefined>;
