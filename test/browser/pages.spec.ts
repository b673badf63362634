import type { Page } from 'playwright-core';
import { axeFaults, describeInBrowser, tabTo, visit, type Visitor } from '../support/browser.js';
import { OPERATOR, startTestService, type TestService } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

const QUEUE = '/desk/sites/demo';

describeInBrowser('the pages in a browser', (browser) => {
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

  async function enter(options: Parameters<typeof visit>[2] = {}): Promise<Page> {
    visitor = await visit(browser(), service.url, options);
    return visitor.page;
  }

  /** As where the script does not come: the page does without it. The widget has stories of its own. */
  function withoutWidget(page: Page): Promise<unknown> {
    return page.route('**/embed.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  }

  async function signIn(page: Page): Promise<void> {
    await page.goto('/desk');
    await page.getByLabel('E-mail').fill(OPERATOR.email);
    await page.getByLabel('Password').fill(OPERATOR.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.goto(QUEUE);
  }

  it('show the API on a phone and on a desk, by light and in the dark', async () => {
    const page = await enter();
    for (const width of [390, 1280]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.goto('/docs#submitComment');
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await axeFaults(page)).toEqual([]);
      }
    }
  }, 120_000);

  it('let a reader without JavaScript write a comment, mend it, and see what became of it', async () => {
    const page = await enter({ javaScriptEnabled: false, expectedStatus: 422 });
    await page.goto('/demo');
    await page.getByText('Be the first to comment').waitFor();
    await page.getByLabel('Comment', { exact: true }).fill('A browser was here, and liked it.');
    await page.getByLabel('Name', { exact: true }).fill('Ada');
    await page.getByLabel('E-mail').fill('ada@gmial.com');
    await page.getByLabel('Your website').fill('ht!tp');
    await page.getByRole('button', { name: 'Send the comment' }).click();
    await page.getByText('Almost there').first().waitFor();
    expect(await page.getByLabel('Comment', { exact: true }).inputValue()).toBe('A browser was here, and liked it.');
    await page.getByLabel('Your website').fill('');
    await page.getByRole('button', { name: 'Send it again' }).click();
    // PUBLIC_URL may have another name than the page was opened by; the policy must let the redirect through.
    await page.waitForURL('**/v1/receipts/*');
    await page.getByText('Did you mean @gmail.com?').waitFor();
    await page.getByRole('link', { name: 'Back to Why small is beautiful' }).click();
    await page.getByRole('heading', { name: 'Why small is beautiful' }).waitFor();
  });

  it.each([
    ['light', 1280],
    ['dark', 320],
  ] as const)('show the demo with the widget in it, %s, %i pixels wide', async (colorScheme, width) => {
    const page = await enter({ colorScheme, viewport: { width, height: 900 } });
    const published = await demo.submitSettled('/demo', { author: { name: 'Grace' } });
    await demo.decided(published.id, 'publish', undefined, '/demo');
    await page.goto(`/demo#comment-${published.id}`);
    await page.locator('winnow-comments .target', { hasText: 'Grace' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await axeFaults(page)).toEqual([]);
    // What stood between the tags is still there, unseen.
    const widget = page.locator('section.winnow');
    await widget.getByLabel('Comment', { exact: true }).fill(`In ${colorScheme}, from the page of the service itself.`);
    await widget.getByLabel('Name', { exact: true }).fill('Ada');
    await widget.getByLabel('E-mail').fill('ada@analytical.org');
    await widget.getByRole('button', { name: 'Send the comment' }).click();
    await page.locator('winnow-comments .note').waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  it('let a moderator without JavaScript see why, approve, undo, and decide about several', async () => {
    const page = await enter({ javaScriptEnabled: false });
    await demo.submitMany(2, '/demo');
    await signIn(page);
    const first = page.locator('article.card').first();
    const name = await first.getByRole('heading').innerText();
    expect(await first.locator('.why').innerText()).toMatch(/Held, because/);
    await first.getByRole('button', { name: 'Approve and publish' }).click();
    await page.getByText('Approved and published').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.notice', { hasText: 'Undone' }).waitFor();
    expect(await page.locator('article.card').first().getByRole('heading').innerText()).toBe(name);
    const waiting = await page.locator('article.card').count();
    await page.locator('article.card').first().getByRole('checkbox').check();
    await page.getByRole('group').first().getByRole('button', { name: 'Reject' }).click();
    await page.locator('.notice', { hasText: 'Rejected' }).waitFor();
    expect(await page.locator('article.card').count()).toBe(waiting - 1);
    await page.getByRole('link', { name: /^Select all/ }).click();
    await page.getByRole('group').first().getByRole('button', { name: 'Spam' }).click();
    await page.getByText('That was the last one.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.locator('article.card').count()).toBe(waiting - 1);
  });

  it('can be used with the keyboard alone', async () => {
    const page = await enter();
    await withoutWidget(page);
    await demo.submitMany(2, '/demo');
    await page.goto('/desk');
    await tabTo(page, 'E-mail');
    await page.keyboard.type(OPERATOR.email);
    await tabTo(page, 'Password');
    await page.keyboard.type(OPERATOR.password);
    await page.keyboard.press('Enter');
    // Who has no site of their own yet is led to making one, and past it to the demo's.
    await page.getByRole('heading', { name: 'Comments on your pages' }).waitFor();
    await tabTo(page, 'its queue');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Comments of/ }).waitFor();
    const before = await demo.counts();
    await tabTo(page, 'Approve and publish');
    await tabTo(page, 'Select');
    await tabTo(page, 'Reject');
    await page.keyboard.press('Enter');
    await page.locator('.outcome', { hasText: 'Rejected.' }).waitFor();
    // It is on screen before the service has answered.
    await waitUntil(
      async () => (await demo.counts()).rejected === (before.rejected ?? 0) + 1,
      'the decision is the service’s too',
    );
    await tabTo(page, 'Undo');
    await page.keyboard.press('Enter');
    await page.getByText('Undone: 1.').waitFor({ state: 'attached' });
    expect((await demo.counts()).rejected).toBe(before.rejected);
    await page.goto('/demo');
    await tabTo(page, 'Comment');
    await page.keyboard.type('Written without a mouse.');
    await tabTo(page, 'Name');
    await page.keyboard.type('Ada');
    await tabTo(page, 'E-mail');
    await page.keyboard.type('ada@analytical.org');
    await tabTo(page, /^Your website/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/v1/receipts/*');
  }, 60_000);

  describe.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('%s, %i pixels wide', (colorScheme, width) => {
    it('have nothing that axe finds, and nothing that must be scrolled sideways', async () => {
      const page = await enter({ colorScheme, viewport: { width, height: 800 }, expectedStatus: 422 });
      await withoutWidget(page);
      // The list as it comes: the desk's script has stories of its own.
      await page.route('**/assets/desk-*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      const { id } = await demo.submitSettled('/demo', {
        author: { url: 'https://a-very-long-address.example/with/a/very/long/path/that/goes/on/and/on/and/on' },
        body: `See https://pills.com/${'x'.repeat(200)} \u202eand **more**\n\n    code that is ${'long '.repeat(40)}`,
      });
      const published = await demo.submitSettled('/demo');
      await demo.decided(published.id, 'publish', undefined, '/demo');
      await demo.decided((await demo.submitSettled('/demo')).id, 'spam', undefined, '/demo');
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
      await page.goto('/desk');
      await look('sign in');
      await page.goto('/demo');
      await look('demo');
      await page.getByLabel('Comment', { exact: true }).fill(`In ${colorScheme} at ${width}.`);
      await page.getByLabel('Name', { exact: true }).fill('Ada');
      await page.getByLabel('E-mail').fill('ada@gmial.com');
      await page.getByLabel('Your website').fill('ht!tp');
      await page.getByRole('button', { name: 'Send the comment' }).click();
      await look('mend');
      await page.getByLabel('Your website').fill('');
      await page.getByRole('button', { name: 'Send it again' }).click();
      await look('receipt');
      await signIn(page);
      await look('queue');
      await page.getByRole('button', { name: 'Reject' }).last().click();
      await look('after a decision');
      for (const path of [
        ...['?status=spam', '?status=published', '?status=approved', '?all=1&sort=newest', '/embed'],
        ...[`/comments/${id}`, `/comments/${id}/delete`, `/comments/${published.id}`],
      ]) {
        await page.goto(`${QUEUE}${path}`);
        await look(path);
      }
      await page.goto('/desk/sites');
      await look('sites');
      expect(faults).toEqual({});
    }, 120_000);
  });
});
