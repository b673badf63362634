import { axeFaults, describeInBrowser, tabTo, visit, type Visitor } from '../support/browser.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

describeInBrowser('the articles of a site', (browser) => {
  let service: TestService;
  let visitor: Visitor;

  beforeAll(async () => {
    service = await startTestService();
    const site = await TestSite.make(await service.signIn(), service.anonymous, { key: 'blog', name: 'The blog' });
    await site.published('/rye', { articleTitle: 'Rye and wheat' });
    await site.submitSettled(`/${'a-long-path-'.repeat(12)}`);
  }, 60_000);
  afterAll(() => service.close());
  afterEach(async () => {
    await visitor.close();
    expect(visitor.complaints).toEqual([]);
  });

  it.each([
    ['light', 1280],
    ['light', 390],
    ['dark', 1280],
    ['dark', 390],
  ] as const)(
    'are closed and reopened with the keyboard alone: %s, %i pixels wide',
    async (colorScheme, width) => {
      visitor = await visit(browser(), service.url, { colorScheme, viewport: { width, height: 800 } });
      const { page } = visitor;
      await page.goto('/desk');
      await page.getByLabel('E-mail').fill(OPERATOR.email);
      await page.getByLabel('Password').fill(OPERATOR.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      await page.goto('/desk/sites/blog/articles');
      expect(await axeFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await tabTo(page, 'Close Rye and wheat');
      await page.keyboard.press('Enter');
      await page.getByText('The article is closed. What is published stays.').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await tabTo(page, 'Reopen Rye and wheat');
      await page.keyboard.press('Enter');
      await page.getByText('The article takes comments again.').waitFor();
      await page.getByText('Rename').first().click();
      await page.getByRole('textbox', { name: 'Title' }).first().waitFor();
      expect(await axeFaults(page)).toEqual([]);
    },
    60_000,
  );
});
