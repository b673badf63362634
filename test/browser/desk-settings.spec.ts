import type { Page } from 'playwright-core';
import { axeFaults, describeInBrowser, visit, type Visitor } from '../support/browser.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';

const SETTINGS = '/desk/sites/demo/settings';

describeInBrowser('the pages that set a site up, in a browser', (browser) => {
  let service: TestService;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    service = await startTestService();
  }, 60_000);
  afterAll(() => service.close());
  afterEach(async () => {
    for (const visitor of visitors) await visitor.close();
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
    visitors.length = 0;
  });

  async function enter(options: Parameters<typeof visit>[2]): Promise<Page> {
    const visitor = await visit(browser(), service.url, options);
    visitors.push(visitor);
    const { page } = visitor;
    await page.goto('/desk');
    await page.getByLabel('E-mail').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    return page;
  }

  describe.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('%s, %i pixels wide', (colorScheme, width) => {
    it('have nothing that axe finds, and nothing that must be scrolled sideways', async () => {
      const page = await enter({ colorScheme, viewport: { width, height: 800 }, expectedStatus: 422 });
      const faults: Record<string, string[]> = {};
      const look = async (name: string): Promise<void> => {
        const isWide = await page.evaluate(
          () =>
            (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } }).document
              .documentElement.scrollWidth > (globalThis as unknown as { innerWidth: number }).innerWidth,
        );
        const found = [...(await axeFaults(page)), ...(isWide ? ['wider than the window'] : [])];
        if (found.length > 0) faults[name] = found;
      };
      await page.goto('/desk/new-site');
      await look('new site');
      await page.goto(SETTINGS);
      await page.getByText('Every comment waits').click();
      await page.getByLabel('Blocked words').fill('cheap pills\ncasino');
      await page.getByRole('button', { name: 'Save the settings' }).click();
      await page.getByText('The settings are saved.').waitFor();
      expect(await page.getByLabel('Blocked words').inputValue()).toBe('cheap pills\ncasino');
      await look('saved');
      await page.getByLabel('Origins').fill('https://blog.example/path');
      await page.getByRole('button', { name: 'Save the settings' }).click();
      await page.getByText('Line 1: Write an origin').waitFor();
      await look('refused');
      await page.goto('/desk/sites/demo/keys');
      await page.getByLabel('Name').fill('a generator');
      await page.getByText('submit comments').click();
      await page.getByRole('button', { name: 'Make the key' }).click();
      await page.getByLabel('Key for a generator').waitFor();
      await look('key made');
      await page.getByRole('link', { name: 'Take back…' }).first().click();
      await look('revocation');
      await page.goto('/desk/sites/demo/rules');
      await page.getByLabel('What it looks for').fill('averylongword'.repeat(15));
      await page.getByRole('button', { name: 'Make the rule' }).click();
      await page.getByText('The rule is made.').waitFor();
      await page.getByLabel('What it looks for').fill('casino');
      await page.keyboard.press('Enter');
      await page.getByText('The rule is not made yet.').waitFor();
      await look('rules');
      expect(faults).toEqual({});
    }, 60_000);
  });
});
