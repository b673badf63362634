import type { Page } from 'playwright-core';
import { axeFaults, describeInBrowser, tabTo, visit, type Visitor } from '../support/browser.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

describeInBrowser('the page that shows how to embed', (browser) => {
  let service: TestService;
  let visitor: Visitor;

  beforeAll(async () => {
    service = await startTestService();
    const operator = await service.signIn();
    const origins = ['https://blog.example'];
    const site = await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog', origins });
    await site.published('/my-page', { author: { name: 'Grace' } });
  }, 60_000);
  afterAll(() => service.close());
  afterEach(async () => {
    await visitor.close();
    expect(visitor.complaints).toEqual([]);
  });

  async function enter(options: Parameters<typeof visit>[2]): Promise<Page> {
    visitor = await visit(browser(), service.url, options);
    const { page } = visitor;
    await page.goto('/desk');
    await page.getByLabel('E-mail').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.goto('/desk/sites/blog/embed');
    return page;
  }

  it.each([
    ['light', 1280],
    ['light', 390],
    ['dark', 1280],
    ['dark', 390],
  ] as const)(
    'shows the widget itself as it is chosen, at once: %s, %i pixels wide',
    async (colorScheme, width) => {
      const page = await enter({ colorScheme, viewport: { width, height: 900 } });
      const widget = page.frameLocator('iframe');
      await widget.getByText('Grace').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await tabTo(page, 'Language');
      await page.keyboard.type('De');
      await widget.getByRole('heading', { name: 'Kommentar schreiben' }).waitFor();
      await page.locator('#widget-snippet', { hasText: 'lang="de"' }).waitFor();
      await page.getByLabel('Theme').selectOption({ label: 'Dark' });
      await page.locator('#widget-snippet', { hasText: 'theme="dark"' }).waitFor();
      await widget.locator('winnow-comments[theme=dark]').waitFor();
      await page.getByLabel('Key of the page').fill('/another');
      await page.locator('#form-snippet', { hasText: '%2Fanother' }).waitFor();
      expect(new URL(page.url()).search).toBe('?article=%2Fanother&theme=dark&lang=de&sort=');
      await page.reload();
      await widget.getByText('Schreiben Sie den ersten Kommentar').waitFor();
      expect(await axeFaults(page)).toEqual([]);
    },
    60_000,
  );

  it('does the same by its button where no script runs', async () => {
    const page = await enter({ javaScriptEnabled: false });
    await page.getByLabel('Theme').selectOption({ label: 'Light' });
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('#widget-snippet').textContent()).toContain('theme="light"');
  });
});
