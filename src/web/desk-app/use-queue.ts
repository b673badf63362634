import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Queue } from './queue.js';
import type { QueueState } from './queue-state.js';

export const QueueContext = createContext<Queue | null>(null);

/** The queue and what it shows now. */
export function useQueue(): [Queue, QueueState] {
  const queue = useContext(QueueContext);
  if (!queue) throw new Error('A part of the queue stands outside of it.');
  const [state, setState] = useState(queue.state);
  useEffect(() => {
    setState(queue.state);
    return queue.subscribe(() => {
      setState(queue.state);
    });
  }, [queue]);
  return [queue, state];
}
