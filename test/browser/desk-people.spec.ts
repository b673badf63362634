import type { Page } from 'playwright-core';
import { axeFaults, describeInBrowser, visit, type Visitor } from '../support/browser.js';
import { makeAccount } from '../support/test-accounts.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

const MEMBERS = '/desk/sites/demo/members';

describeInBrowser('the people’s pages in a browser', (browser) => {
  let service: TestService;
  let demo: TestSite;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    service = await startTestService();
    const operator = await service.signIn();
    demo = TestSite.known('demo', operator, service.anonymous);
    await TestSite.make(operator, service.anonymous, { key: 'other', name: 'Another site' });
  }, 60_000);
  afterAll(() => service.close());
  afterEach(async () => {
    for (const visitor of visitors) await visitor.close();
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
    visitors.length = 0;
  });

  async function enter(options: Parameters<typeof visit>[2] = {}): Promise<Page> {
    const visitor = await visit(browser(), service.url, options);
    visitors.push(visitor);
    return visitor.page;
  }

  async function signIn(page: Page): Promise<void> {
    await page.goto('/desk');
    await page.getByLabel('E-mail').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Your sites' }).waitFor();
  }

  it('let an owner invite, and the invited accept and moderate, both without JavaScript', async () => {
    await demo.submitSettled('/demo');
    const inviter = await enter({ javaScriptEnabled: false });
    await signIn(inviter);
    await inviter.goto(MEMBERS);
    await inviter.getByLabel('E-mail').fill('invited@browser.test');
    await inviter.getByLabel('Role', { exact: true }).selectOption('moderator');
    await inviter.getByRole('button', { name: 'Make the invitation' }).click();
    const link = await inviter.getByLabel('Link of the invitation').inputValue();
    expect(inviter.url()).not.toContain(link.slice(-43));
    const invited = await enter({ javaScriptEnabled: false });
    await invited.goto(new URL(link).pathname);
    await invited.getByLabel('Your name').fill('Ines');
    await invited.getByLabel('New password').fill('a few good words');
    await invited.getByRole('button', { name: 'Accept the invitation' }).click();
    await invited.getByText('Welcome, Ines. You are in.').waitFor();
    await invited.locator('article.card').getByRole('button', { name: 'Approve and publish' }).first().click();
    await invited.locator('.notice', { hasText: 'Approved and published' }).waitFor();
    await inviter.goto(MEMBERS);
    await inviter.getByText('invited@browser.test').waitFor();
  });

  describe.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('%s, %i pixels wide', (colorScheme, width) => {
    it('have nothing that axe finds, and nothing that must be scrolled sideways', async () => {
      const page = await enter({ colorScheme, viewport: { width, height: 800 }, expectedStatus: 422 });
      await makeAccount(service, `a-member-with-a-long-address-${width}@a-long-domain.example`, { demo: 'moderator' });
      await demo.submitSettled('/demo');
      const faults: Record<string, string[]> = {};
      const look = async (name: string): Promise<void> => {
        const isWide = await page.evaluate(() => {
          const { document, innerWidth } = globalThis as unknown as {
            document: { documentElement: { scrollWidth: number } };
            innerWidth: number;
          };
          return document.documentElement.scrollWidth > innerWidth;
        });
        const found = [...(await axeFaults(page)), ...(isWide ? ['wider than the window'] : [])];
        if (found.length > 0) faults[name] = found;
      };
      await signIn(page);
      for (const path of ['/desk/sites', '/desk/account', '/desk/operators', '/desk/queue', MEMBERS]) {
        await page.goto(path);
        await look(path);
      }
      await page.getByLabel('E-mail').fill(`axe-${width}@browser.test`);
      await page.getByRole('button', { name: 'Make the invitation' }).click();
      await look('invited');
      const link = await page.getByLabel('Link of the invitation').inputValue();
      await page.getByRole('link', { name: 'Remove…' }).first().click();
      await look('removal');
      await page.goto(MEMBERS);
      await page.getByRole('button', { name: 'Make a reset link' }).first().click();
      const reset = await page.getByLabel('Link for a new password').inputValue();
      await look('reset link');
      for (const one of [reset, link]) {
        await page.goto(new URL(one).pathname);
        await look(one.slice(0, -43));
      }
      await page.getByLabel('Your name').fill('\u200b');
      await page.getByLabel('New password').fill('a few good words');
      await page.getByRole('button', { name: 'Accept the invitation' }).click();
      await page.getByRole('alert').waitFor();
      await look('refused');
      expect(faults).toEqual({});
    }, 60_000);
  });
});
