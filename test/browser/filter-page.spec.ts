import { axeFaults, describeInBrowser, visit, type Visitor } from '../support/browser.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

describeInBrowser('how the filter did', (browser) => {
  let service: TestService;
  let visitor: Visitor;

  beforeAll(async () => {
    service = await startTestService();
    const operator = await service.signIn();
    const settings = { moderation: 'none', blindShare: 0.2 };
    const site = await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog', settings });
    await site.submitMany(30);
    for (const { id } of (await site.queue()).items) await site.decided(id, 'approve');
  }, 60_000);
  afterAll(() => service.close());
  afterEach(async () => {
    await visitor.close();
    expect(visitor.complaints).toEqual([]);
  });

  it('is read on a phone and on a desk, by light and in the dark', async () => {
    visitor = await visit(browser(), service.url);
    const { page } = visitor;
    await page.goto('/desk');
    await page.getByLabel('E-mail').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    for (const width of [390, 1280]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.goto('/desk/sites/blog/filter');
        await page.getByRole('heading', { name: 'How often it is wrong' }).waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await axeFaults(page)).toEqual([]);
      }
    }
  }, 60_000);
});
