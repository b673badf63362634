import { existsSync } from 'node:fs';

/** The one place that looks at the process's environment. A `.env` file beside it fills what is not set. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
