import { axeFaults, describeInBrowser, visit, type Visitor } from '../support/browser.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';

describeInBrowser('a reader without a script', (browser) => {
  let service: TestService;
  let demo: TestSite;
  let visitor: Visitor;

  beforeAll(async () => {
    service = await startTestService();
    demo = TestSite.known('demo', await service.signIn(), service.anonymous);
  }, 60_000);
  afterAll(() => service.close());
  afterEach(async () => {
    await visitor.close();
    expect(visitor.complaints).toEqual([]);
  });

  it('changes a comment of their own, deletes it, and reports one of somebody else', async () => {
    const { id } = await demo.published('/demo', { author: { name: 'Grace' } });
    visitor = await visit(browser(), service.url, { javaScriptEnabled: false });
    const { page } = visitor;
    const own = await demo.submit('/demo', { body: 'With a tpyo.' });
    await page.goto(`/v1/receipts/${own.receipt}`);
    await page.getByText('Change the text').click();
    await page.getByLabel('Comment').fill('Without a typo.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor();
    await page.getByText('Delete it').first().click();
    await page.getByRole('button', { name: 'Delete it for good' }).click();
    await page.getByRole('heading', { name: 'Your comment is deleted' }).waitFor();
    await page.goto('/demo');
    await page.locator(`#comment-${id}`).getByRole('link', { name: 'Report' }).click();
    await page.getByLabel('What is wrong with it?').fill('An advertisement.');
    await page.getByRole('button', { name: 'Report it' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect((await demo.read(id)).reports).toMatchObject({ count: 1 });
  }, 60_000);

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'has pages without a fault: %s, %i pixels wide',
    async (colorScheme, width) => {
      const { id } = await demo.published('/demo');
      const own = await demo.submitSettled('/demo');
      visitor = await visit(browser(), service.url, { colorScheme, viewport: { width, height: 800 } });
      const { page } = visitor;
      const { receipt } = await demo.submit('/demo', { body: `Of ${own.id}, ${colorScheme}.` });
      await page.goto(`/v1/receipts/${receipt}`);
      await page.getByText('Change the text').click();
      await page.getByText('Delete it').first().click();
      expect(await axeFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.goto(`/report/demo/%2Fdemo/${id}`);
      expect(await axeFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Report it' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      expect(await axeFaults(page)).toEqual([]);
    },
    60_000,
  );
});
