import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, visit, type Visitor, type VisitOptions } from './browser.js';
import { signInMember, type Roles } from './test-accounts.js';
import type { TestClient } from './test-client.js';
import { startTestService, type TestService } from './test-service.js';
import { TestSite, type SiteInput } from './test-site.js';
import { waitUntil } from './wait-until.js';

/* The desk with its script, before somebody who is signed in. Each story has a site of its own. */

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

  makeSite(input: Partial<SiteInput> = {}): Promise<TestSite> {
    serial += 1;
    const [key, name] = [`desk-${serial}`, `Site ${serial}`];
    return TestSite.make(this.operator, this.service.anonymous, { key, name, ...input });
  }

  /** A member of sites, in a window of their own. */
  async enter(roles: Roles, options: VisitOptions = {}): Promise<Member> {
    serial += 1;
    const [name, email] = [`Member ${serial}`, `member-${serial}@desk.test`];
    const as = await signInMember(this.service, email, roles, name);
    return { name, page: await this.visit({ as, ...options }) };
  }

  /** A window of the operator's, unless it is somebody else's or nobody's. */
  async visit(options: VisitOptions = {}): Promise<Page> {
    const visitor = await visit(this.browser(), this.service.url, { as: this.operator, ...options });
    this.#visitors.push(visitor);
    return visitor.page;
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
