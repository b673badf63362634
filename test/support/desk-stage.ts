import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, visit, type Visitor } from './browser.js';
import { makeAccount } from './test-accounts.js';
import type { TestClient } from './test-client.js';
import { OPERATOR, startTestService, type TestService } from './test-service.js';
import { TestSite } from './test-site.js';
import { waitUntil } from './wait-until.js';

/* The desk with its script, before somebody who is signed in. Each story has a site of its own. */

type Options = Parameters<typeof visit>[2];

export class DeskStage {
  readonly #visitors: Visitor[] = [];

  private constructor(
    readonly service: TestService,
    readonly operator: TestClient,
    private readonly browser: () => Browser,
  ) {}

  static async open(browser: () => Browser): Promise<DeskStage> {
    const service = await startTestService();
    return new DeskStage(service, await service.signIn(), browser);
  }

  makeSite(settings: Record<string, unknown> = {}): Promise<TestSite> {
    serial += 1;
    return TestSite.make(this.operator, this.service.anonymous, {
      key: `desk-${serial}`,
      name: `Site ${serial}`,
      settings,
    });
  }

  /** A member of sites, in a window of their own. */
  async enter(roles: Readonly<Record<string, Role>>, options: Options = {}): Promise<Member> {
    serial += 1;
    const [name, email] = [`Member ${serial}`, `member-${serial}@desk.test`];
    await makeAccount(this.service, email, roles, OPERATOR.password, name);
    return { name, page: await this.signIn(email, options) };
  }

  async signIn(email: string = OPERATOR.email, options: Options = {}): Promise<Page> {
    const visitor = await visit(this.browser(), this.service.url, options);
    this.#visitors.push(visitor);
    const { page } = visitor;
    await page.goto('/desk');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    return page;
  }

  forgive(complaint: RegExp): void {
    for (const visitor of this.#visitors) visitor.forgive(complaint);
  }

  /** What the browsers complained of; the windows are closed. */
  async leave(): Promise<string[]> {
    const complaints = this.#visitors.flatMap((visitor) => visitor.complaints);
    for (const visitor of this.#visitors.splice(0)) await visitor.close();
    return complaints;
  }

  close(): Promise<void> {
    return this.service.close();
  }
}

let serial = 0;

export type Role = 'viewer' | 'moderator' | 'owner';

export interface Member {
  readonly name: string;
  readonly page: Page;
}

export function describeDesk(name: string, suite: (stage: () => DeskStage) => void): void {
  describeInBrowser(name, (browser) => {
    let stage: DeskStage;
    beforeAll(async () => {
      stage = await DeskStage.open(browser);
    }, 60_000);
    afterAll(() => stage.close());
    afterEach(async () => {
      expect(await stage.leave()).toEqual([]);
    });
    suite(() => stage);
  });
}

/** The queue of a site, when its script has taken it over. */
export async function openQueue(page: Page, site: TestSite, query = ''): Promise<void> {
  await page.goto(`/desk/sites/${site.key}${query}`);
  await page.locator('#queue-app[data-live]').waitFor();
}

export function cards(page: Page) {
  return page.locator('article.card');
}

/** Whose card the keyboard is on. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(`document.activeElement?.querySelector('h2')?.textContent ?? document.activeElement?.tagName`);
}

export async function untilFocusOn(page: Page, name: string): Promise<void> {
  await waitUntil(async () => (await focused(page)) === name, `the keyboard is on the card of ${name}`);
}
