import type { OpenWorker } from './queue-backend.js';

/** A worker whose connection is half open never closes by itself (taskforcesh/bullmq#4065): it is left after this long. */
export async function closeInTime(worker: OpenWorker | null, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([worker?.close().catch(() => undefined), late]);
  clearTimeout(timer);
}
