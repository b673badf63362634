import type { Page } from 'playwright-core';
import { tabTo, type VisitOptions } from '../support/browser.js';
import { describeDesk } from '../support/desk-stage.js';
import { lightAndDark, Looks } from '../support/looks.js';
import { OPERATOR } from '../support/test-service.js';
import { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

const QUEUE = '/desk/sites/demo';

describeDesk('the pages in a browser', (stage) => {
  let demo: TestSite;

  beforeAll(() => {
    const { operator, service } = stage();
    demo = TestSite.known('demo', operator, service.anonymous);
  });

  function enterAsReader(options: VisitOptions = {}): Promise<Page> {
    return stage().visit({ as: undefined, ...options });
  }

  /** As where the script does not come: the page does without it. The widget has stories of its own. */
  function withoutWidget(page: Page): Promise<unknown> {
    return page.route('**/embed.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  }

  it('show the API on a phone and on a desk, by light and in the dark', async () => {
    const page = await enterAsReader();
    await page.goto('/docs#submitComment');
    const looks = await Looks.on(page, lightAndDark(390));
    await looks.at('the API');
    expect(looks.faults).toEqual({});
  }, 120_000);

  it('let a reader without JavaScript write a comment, mend it, and see what became of it', async () => {
    const page = await enterAsReader({ javaScriptEnabled: false, expectedStatus: 422 });
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

  it('show the demo with the widget in it, on a desk and on a phone', async () => {
    const page = await enterAsReader();
    const published = await demo.submitSettled('/demo', { author: { name: 'Grace' } });
    await demo.decided(published.id, 'publish', undefined, '/demo');
    await page.goto(`/demo#comment-${published.id}`);
    const looks = await Looks.on(page, lightAndDark(320));
    await page.locator('winnow-comments .target', { hasText: 'Grace' }).waitFor();
    await looks.at('led to a comment');
    // What stood between the tags is still there, unseen.
    const widget = page.locator('section.winnow');
    await widget.getByLabel('Comment', { exact: true }).fill('From the page of the service itself.');
    await widget.getByLabel('Name', { exact: true }).fill('Ada');
    await widget.getByLabel('E-mail').fill('ada@analytical.org');
    await widget.getByRole('button', { name: 'Send the comment' }).click();
    await page.locator('winnow-comments .note').waitFor();
    await looks.at('sent');
    expect(looks.faults).toEqual({});
  });

  it('let a moderator without JavaScript see why, approve, undo, and decide about several', async () => {
    const page = await stage().visit({ javaScriptEnabled: false });
    await demo.submitMany(2, '/demo');
    await page.goto(QUEUE);
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
    const page = await enterAsReader();
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

  it('have nothing for a reader that axe finds, and nothing that must be scrolled sideways', async () => {
    const page = await enterAsReader({ expectedStatus: 422 });
    await withoutWidget(page);
    await demo.published('/demo');
    const looks = await Looks.on(page, lightAndDark(390));
    await page.goto('/desk');
    await looks.at('sign in');
    await page.goto('/demo');
    await looks.at('demo');
    await page.getByLabel('Comment', { exact: true }).fill('Looked at from all sides.');
    await page.getByLabel('Name', { exact: true }).fill('Ada');
    await page.getByLabel('E-mail').fill('ada@gmial.com');
    await page.getByLabel('Your website').fill('ht!tp');
    await page.getByRole('button', { name: 'Send the comment' }).click();
    await page.getByText('Almost there').first().waitFor();
    await looks.at('mend');
    await page.getByLabel('Your website').fill('');
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.waitForURL('**/v1/receipts/*');
    await looks.at('receipt');
    expect(looks.faults).toEqual({});
  }, 60_000);

  it('have nothing for a moderator that axe finds, and nothing that must be scrolled sideways', async () => {
    const page = await stage().visit();
    await withoutWidget(page);
    // The list as it comes: the desk's script has stories of its own.
    await page.route('**/assets/desk-*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
    const { id } = await demo.submitSettled('/demo', {
      author: { url: 'https://a-very-long-address.example/with/a/very/long/path/that/goes/on/and/on/and/on' },
      body: `See https://pills.com/${'x'.repeat(200)} \u202eand **more**\n\n    code that is ${'long '.repeat(40)}`,
    });
    const published = await demo.published('/demo');
    await demo.decided((await demo.submitSettled('/demo')).id, 'spam', undefined, '/demo');
    await demo.submitSettled('/demo');
    const looks = await Looks.on(page, lightAndDark(390));
    await page.goto(QUEUE);
    await looks.at('queue');
    await page.locator('article.card').last().getByRole('button', { name: 'Reject' }).click();
    await page.locator('.notice', { hasText: 'Rejected' }).waitFor();
    await looks.at('after a decision');
    for (const path of [
      ...['?status=spam', '?status=published', '?status=approved', '?all=1&sort=newest', '/embed'],
      ...[`/comments/${id}`, `/comments/${id}/delete`, `/comments/${published.id}`],
    ]) {
      await page.goto(`${QUEUE}${path}`);
      await looks.at(path);
    }
    await page.goto('/desk/sites');
    await looks.at('sites');
    expect(looks.faults).toEqual({});
  }, 120_000);
});
