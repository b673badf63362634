import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TestEnvironment } from 'jest-environment-node';
import { compilerOf } from './compiled-contracts.js';
import { openGuard } from './guard.js';

/*
 * Jest loads every module anew for each file; for the service that takes longer than most stories. So services run in one
 * process beside each of Jest's workers, which loads them once. A story gets to it by `globalThis.serviceHost`.
 */

/** Where Node keeps the connections of `fetch`. */
const FETCH_AGENT = Symbol.for('undici.globalDispatcher.1');

const HOST = fileURLToPath(new URL('service-host.js', import.meta.url));

let host;
let guard;

// A worker with nothing left to do ends at once: taking its heap apart first takes longer than Jest waits for it.
if (process.send !== undefined) process.once('beforeExit', () => process.exit());

function openHost() {
  const child = fork(HOST, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map();
  let serial = 0;
  child.on('message', ({ id, answer, fault }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) child.channel?.unref();
    if (fault === undefined) resolve(answer);
    else reject(new Error(fault));
  });
  child.on('exit', (code, signal) => {
    host = undefined;
    for (const { reject } of waiting.values())
      reject(new Error(`The process of the services ended: ${signal ?? code}.`));
    waiting.clear();
  });
  // It ends when the worker lets go of the channel, however the worker ends.
  child.unref();
  child.channel.unref();
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = ++serial;
        waiting.set(id, { resolve, reject });
        child.channel.ref();
        child.send({ id, ...question }, (error) => error && reject(error));
      }),
  };
}

/** Lets go of the idle connections of `fetch`, which a service that stops waits half a second for. */
function hangUp() {
  const agent = globalThis[FETCH_AGENT];
  if (agent === undefined) return;
  globalThis[FETCH_AGENT] = new agent.constructor();
  // What is under way ends first.
  void agent.close();
}

export default class ServiceEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.compilerOf = compilerOf;
    this.global.hangUp = hangUp;
    this.global.endWithTests = (child) => {
      guard ??= openGuard();
      guard.endWithUs(child);
    };
    this.global.serviceHost = {
      ask: (question) => {
        host ??= openHost();
        return host.ask(question);
      },
    };
  }

  /** What a file left running because it failed would keep its database from the files after it. */
  async teardown() {
    await host?.ask({ what: 'stopAll' });
    await super.teardown();
  }
}
