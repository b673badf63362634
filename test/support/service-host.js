// Starts and stops services for the stories of one of Jest's workers; see service-environment.js.
import 'reflect-metadata';
import { readSettings } from '../../dist/platform/config/read-settings.js';
import { makeLogger } from '../../dist/platform/logging/logger.js';
import { startService } from '../../dist/start.js';

const running = new Map();

const doings = {
  async start({ id, environment }) {
    const settings = readSettings(environment);
    const service = await startService(settings, makeLogger(settings.log.level));
    running.set(id, service);
    const { url, workerUrl } = service;
    return { id, url, workerUrl };
  },

  async stop({ service }) {
    await running.get(service).stop();
    running.delete(service);
  },
};

process.on('message', async (question) => {
  try {
    process.send({ id: question.id, answer: await doings[question.what](question) });
  } catch (error) {
    process.send({ id: question.id, fault: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit());
