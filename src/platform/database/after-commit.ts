import type { EntityManager } from 'typeorm';

const waiting = new WeakMap<EntityManager, (() => void)[]>();

/** Runs it in this process once the manager's transaction is committed; never when it is rolled back. */
export function afterCommit(manager: EntityManager, callback: () => void): void {
  const callbacks = waiting.get(manager) ?? [];
  callbacks.push(callback);
  waiting.set(manager, callbacks);
}

/** For Database alone. */
export function runAfterCommit(manager: EntityManager): void {
  for (const callback of waiting.get(manager) ?? []) callback();
  waiting.delete(manager);
}
