import { axeFaults, describeInBrowser, visit, type Visitor } from '../support/browser.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

describeInBrowser('what was done on a site', (browser) => {
  let service: TestService;
  let visitor: Visitor;

  beforeAll(async () => {
    service = await startTestService();
    const operator = await service.signIn();
    const site = await TestSite.make(operator, service.anonymous, { key: 'blog', name: 'The blog' });
    const { id } = await site.submitSettled('/spring', { articleTitle: 'A-title-in-one-long-word-'.repeat(8) });
    await operator.request('PUT', site.path(`/moderation/comments/${id}/author/standing`), { standing: 'banned' });
    await operator.request('PATCH', site.articlePath('/spring'), { open: false });
    for (let n = 0; n < 25; n++) await operator.request('PATCH', site.path(), { name: `The blog ${String(n)}` });
  }, 60_000);
  afterAll(() => service.close());
  afterEach(async () => {
    await visitor.close();
    expect(visitor.complaints).toEqual([]);
  });

  it('is read on a phone and on a desk, by light and in the dark, page by page', async () => {
    visitor = await visit(browser(), service.url);
    const { page } = visitor;
    await page.goto('/desk');
    await page.getByLabel('E-mail').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Your sites' }).waitFor();
    for (const width of [390, 1280]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.goto('/desk/sites/blog/settings');
        await page.getByRole('link', { name: 'What was done, and by whom' }).click();
        await page.getByRole('heading', { name: 'What was done on' }).waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await page.getByRole('link', { name: 'What was done before' }).click();
        await page.getByText('closed the article').waitFor();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await axeFaults(page)).toEqual([]);
      }
    }
  }, 60_000);
});
