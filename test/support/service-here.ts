// For the stories that look inside a service: it runs among their own modules, which Jest loads anew for each file.
import 'reflect-metadata';
import { readSettings } from '../../src/platform/config/read-settings.js';
import { makeLogger, type Logger } from '../../src/platform/logging/logger.js';
import { startService, type RunningService } from '../../src/start.js';
import { serveTest, type Environment, type TestService } from './test-service.js';

export function startServiceHere(overrides: Environment = {}, logger?: Logger): Promise<TestService<RunningService>> {
  const start = (environment: Environment): Promise<RunningService> => {
    const settings = readSettings(environment);
    return startService(settings, logger ?? makeLogger(settings.log.level));
  };
  return serveTest(start, () => Promise.resolve(overrides));
}
