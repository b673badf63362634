// Listens to what happens in the queue, as long as the page is open. The browser comes back by itself when it is cut off.
import type { Queue } from './queue.js';
import { rootOf } from './service.js';

/** Counts are asked for once when many things happen together. */
const SETTLES_MS = 400;

/** @returns ends it */
export function listen(queue: Queue): () => void {
  const stream = new EventSource(`${rootOf(queue.scene.site)}/events`);
  let counting: ReturnType<typeof setTimeout> | undefined;
  const count = (): void => {
    counting ??= setTimeout(() => {
      counting = undefined;
      void queue.refreshSummary();
    }, SETTLES_MS);
  };
  for (const kind of ['entered', 'left', 'changed']) {
    stream.addEventListener(kind, ({ data }: MessageEvent<string>) => {
      count();
      void queue.heard(kind, JSON.parse(data) as { id: string; version: number; status: string });
    });
  }
  stream.addEventListener('claimed', ({ data }: MessageEvent<string>) => {
    queue.claimed(JSON.parse(data) as Parameters<Queue['claimed']>[0]);
  });
  stream.addEventListener('reset', () => {
    void queue.missed();
  });
  return () => {
    clearTimeout(counting);
    stream.close();
  };
}
