import type { ChildProcess } from 'node:child_process';

/** Kills it when the tests end before it, however they end; see service-environment.js. */
export function endWithTests(child: ChildProcess): ChildProcess {
  (globalThis as unknown as { readonly endWithTests: (child: ChildProcess) => void }).endWithTests(child);
  return child;
}
