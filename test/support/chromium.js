import { existsSync } from 'node:fs';

/** The browser of the tests, or undefined where there is none: the headless shell needs a quarter less time. */
export const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));
