/** The browser of the tests, or undefined where there is none. */
export const CHROMIUM: string | undefined;
