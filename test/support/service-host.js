// Starts and stops services for the stories of one of Jest's workers; see service-environment.js.
import 'reflect-metadata';
import { AccessGuard } from '../../dist/accounts/access.guard.js';
import { readSettings } from '../../dist/platform/config/read-settings.js';
import { makeLogger } from '../../dist/platform/logging/logger.js';
import { startService } from '../../dist/start.js';

const running = new Map();
const starting = new Set();

/** The ports of services without the wall of the access guard. */
const unguarded = new Set();
const REFUSALS = ['site-not-found', 'forbidden'];

const doings = {
  async start({ id, environment }) {
    const settings = readSettings(environment);
    const start = startService(settings, makeLogger(settings.log.level));
    starting.add(start);
    const service = await start.finally(() => starting.delete(start));
    running.set(id, service);
    const { url, workerUrl } = service;
    return { id, url, workerUrl };
  },

  /** A service on which everybody who is signed in, and every API key, may do everything on the site in the path. */
  async startUnguarded(question) {
    const started = await this.start(question);
    unguarded.add(Number(new URL(started.url).port));
    return started;
  },

  async stop({ service }) {
    await running.get(service).stop();
    running.delete(service);
  },

  async stopAll() {
    await Promise.allSettled(starting);
    await Promise.all([...running.values()].map((service) => service.stop()));
    running.clear();
  },
};

// The product has no switch for this, and gets none: the wall is taken down here, for the ports above alone.
const { canActivate } = AccessGuard.prototype;
AccessGuard.prototype.canActivate = async function (context) {
  try {
    return await canActivate.call(this, context);
  } catch (error) {
    const request = context.switchToHttp().getRequest();
    const isOpen = unguarded.has(request.socket.localPort) && request.params.site !== undefined;
    if (!isOpen || !REFUSALS.includes(error.code)) throw error;
    return true;
  }
};

process.on('message', async (question) => {
  try {
    process.send({ id: question.id, answer: await doings[question.what](question) });
  } catch (error) {
    process.send({ id: question.id, fault: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit());
