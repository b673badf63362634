import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { CHROMIUM } from './chromium.js';
import type { TestClient } from './test-client.js';

/* A real Chromium for one file, and what must be true of every page it opens. start-servers.js insists on it in CI. */

export interface Visitor {
  readonly page: Page;
  /** What the browser complained of: scripts, policies, addresses of others. */
  readonly complaints: readonly string[];
  /** What a story brings about on purpose is no complaint. */
  forgive(complaint: RegExp): void;
  close(): Promise<void>;
}

/** A `describe` for what needs a browser; skipped, with a warning, where there is none. */
export function describeInBrowser(name: string, suite: (browser: () => Browser) => void): void {
  if (CHROMIUM === undefined) console.warn(`SKIPPED, because there is no Chromium: ${name}`);
  (CHROMIUM === undefined ? describe.skip : describe)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      // As root Chromium has no sandbox to put itself into.
      const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args });
    }, 60_000);
    afterAll(() => browser.close());
    suite(() => browser);
  });
}

export interface VisitOptions extends BrowserContextOptions {
  /** Refusals are part of the story, and the browser notes them. */
  readonly expectedStatus?: number;
  /** Whose session the window has; nobody's without it. The form for signing in has stories of its own. */
  readonly as?: TestClient | undefined;
}

/** A window of its own. */
export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visitor> {
  const { expectedStatus, as, ...rest } = options;
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...rest });
  if (as !== undefined) await context.addCookies([sessionOf(as)]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    const isExpected = expectedStatus !== undefined && message.text().includes(`status of ${expectedStatus}`);
    if (['error', 'warning'].includes(message.type()) && !isExpected) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (hostname !== new URL(url).hostname && hostname !== 'localhost') complaints.push(`asks ${hostname}`);
  });
  const forgive = (complaint: RegExp): void => {
    const rest = complaints.filter((one) => !complaint.test(one));
    complaints.splice(0, complaints.length, ...rest);
  };
  return { page, complaints, forgive, close: () => context.close() };
}

/** The cookie as the service sets it. */
function sessionOf({ url, credentials: { cookie = '' } }: TestClient): Parameters<BrowserContext['addCookies']>[0][0] {
  const [name = '', value = ''] = cookie.split('=');
  return { name, value, url, httpOnly: true, sameSite: 'Lax' };
}

/** What axe finds against WCAG 2.2 AA, and its best practices; one line each. Needs a context with scripts. */
export async function axeFaults(page: Page): Promise<string[]> {
  // Once for a document; it is half a megabyte.
  if (await page.evaluate(`!('axe' in globalThis)`)) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe;
    // Frames are documents of their own; axe would wait for answers that nobody in them gives.
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await runner.run({ runOnly: tags, iframes: false, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
  });
}

/** Presses Tab until the focus stands on an element whose name or value is this. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const doc = (globalThis as unknown as { document: { activeElement: FocusedElement | null } }).document;
      let element = doc.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const label = element?.labels?.[0]?.textContent ?? element?.getAttribute('aria-label');
      return (label ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim();
    });
    passed.push(focused);
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
  }
  throw new Error(`Tab never came to ${String(name)}, only to: ${passed.join(' | ')}`);
}

interface FocusedElement {
  readonly textContent: string | null;
  readonly shadowRoot?: { readonly activeElement: FocusedElement | null } | null;
  readonly labels?: ArrayLike<{ readonly textContent: string | null }>;
  getAttribute(name: string): string | null;
}
