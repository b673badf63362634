import { axeFaults, describeInBrowser, visit, type Visitor } from '../support/browser.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { asSuperuser } from '../support/test-accounts.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

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
    await keepWeeksBefore(service);
  }, 60_000);
  afterAll(() => service.close());
  afterEach(async () => {
    await visitor.close();
    expect(visitor.complaints).toEqual([]);
  });

  async function enter(options: Parameters<typeof visit>[2] = {}): Promise<Visitor> {
    const entered = await visit(browser(), service.url, options);
    const { page } = entered;
    await page.goto('/desk');
    await page.getByLabel('E-mail').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.goto('/desk/sites/blog/filter');
    return entered;
  }

  it('is read on a phone and on a desk, by light and in the dark', async () => {
    visitor = await enter();
    const { page } = visitor;
    for (const width of [320, 1280]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.goto('/desk/sites/blog/filter');
        await page.getByRole('heading', { name: 'How often it is wrong' }).waitFor();
        await page.locator('[data-plot=reversed] canvas').waitFor();
        expect(await page.locator('.plots canvas').count()).toBe(2);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await axeFaults(page)).toEqual([]);
      }
    }
  }, 60_000);

  it('draws anew when light turns dark, and as wide as the window becomes', async () => {
    visitor = await enter({ colorScheme: 'light' });
    const { page } = visitor;
    const drawn = (): Promise<string> =>
      page.evaluate(`document.querySelector('[data-plot=caught] canvas').toDataURL()`);
    await page.locator('[data-plot=caught] canvas').waitFor();
    const light = await drawn();
    await page.emulateMedia({ colorScheme: 'dark' });
    await waitUntil(async () => (await drawn()) !== light, 'the plot is dark');
    await page.setViewportSize({ width: 390, height: 900 });
    const fits = `[...document.querySelectorAll('.plots canvas')].every((one) => one.clientWidth < 390)`;
    await waitUntil(() => page.evaluate<boolean>(fits), 'the plots are as wide as the window');
  }, 60_000);

  it('is a table where no script runs', async () => {
    visitor = await enter({ javaScriptEnabled: false });
    const { page } = visitor;
    expect(await page.locator('tbody tr').count()).toBe(8);
    expect(await page.locator('.plots').isVisible()).toBe(false);
  }, 60_000);
});

/** Weeks that a test cannot wait for. */
async function keepWeeksBefore(service: TestService): Promise<void> {
  await asSuperuser(
    service,
    `insert into filter_record (site_id, week, screened, put_away, held, let_out, restored, marked)
     select s.id, date_trunc('week', now())::date - 7 * n, 90 + 11 * n, 30 + 5 * (n % 4), 20, 40, n % 4, n % 3
       from site s, generate_series(1, 7) n where s.key = 'blog'`,
  );
}
