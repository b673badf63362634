import type { Page } from 'playwright-core';
import { cards, describeDesk, openQueue, untilFocusOn } from '../support/desk-stage.js';
import type { Role } from '../support/test-accounts.js';
import type { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

describeDesk('the desk', (stage) => {
  let site: TestSite;
  let page: Page;

  async function fill(...names: string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const name of names) ids.push((await site.submitSettled('/spring', { author: { name } })).id);
    return ids;
  }

  async function enter(role: Role = 'moderator'): Promise<string> {
    const member = await stage().enter({ [site.key]: role });
    page = member.page;
    return member.name;
  }

  async function statusOf(id: string): Promise<string> {
    return (await site.read(id)).status;
  }

  const tabs = async (): Promise<string[]> =>
    (await page.locator('.tabs a').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());

  beforeEach(async () => {
    site = await stage().makeSite();
  });

  it('decides by one key each, moves on, and keeps the decided card with its undo for eight seconds', async () => {
    const [ada, grace, lin] = await fill('Ada', 'Grace', 'Lin');
    await enter();
    await openQueue(page, site);
    await page.locator('body').press('j');
    await untilFocusOn(page, 'Grace');
    await page.keyboard.press('k');
    await untilFocusOn(page, 'Ada');
    await page.keyboard.press('a');
    await untilFocusOn(page, 'Grace');
    const decided = cards(page).first();
    await decided.getByText('Approved and published.').waitFor();
    await decided.getByRole('button', { name: 'Undo' }).waitFor();
    await page.keyboard.press('s');
    await untilFocusOn(page, 'Lin');
    await page.keyboard.press('r');
    await waitUntil(async () => (await statusOf(lin!)) === 'rejected', 'the last is rejected');
    expect([await statusOf(ada!), await statusOf(grace!)]).toEqual(['published', 'spam']);
    expect(await cards(page).count()).toBe(3);
    await waitUntil(
      async () => (await tabs()).join() === 'Pending 0,Spam 1,Approved 0,Published 1,Rejected 1',
      'the counts have followed',
    );
    await page.getByText('That was the last one.').waitFor({ timeout: 12_000 });
    expect(await cards(page).count()).toBe(0);
  }, 40_000);

  it('undoes the last act by z, also after its card has gone, and the one before it after that', async () => {
    const [ada, grace] = await fill('Ada', 'Grace', 'Lin');
    await enter();
    await openQueue(page, site);
    await page.locator('body').press('r');
    await untilFocusOn(page, 'Grace');
    await page.keyboard.press('s');
    await untilFocusOn(page, 'Lin');
    await waitUntil(async () => (await cards(page).count()) === 1, 'the decided cards have gone', 15_000);
    await page.keyboard.press('z');
    await untilFocusOn(page, 'Grace');
    expect(await statusOf(grace!)).toBe('pending');
    await page.keyboard.press('u');
    await untilFocusOn(page, 'Ada');
    expect(await statusOf(ada!)).toBe('pending');
    expect(await page.locator('article.card h2').allInnerTexts()).toEqual(['Ada', 'Grace', 'Lin']);
  }, 40_000);

  it('has no keys inside fields, shows them on ?, takes others, and can do without', async () => {
    const [ada] = await fill('Ada', 'Grace');
    await enter();
    await openQueue(page, site);
    await page.keyboard.press('/');
    await page.keyboard.type('spare');
    expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('spare');
    expect(await statusOf(ada!)).toBe('pending');
    await page.getByLabel('Search', { exact: true }).fill('');
    await page.locator('h1').click();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.waitFor();
    await page.keyboard.press('a');
    await sheet.getByRole('button', { name: 'Change the key for: Approve', exact: true }).click();
    await page.keyboard.press('q');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    expect(await statusOf(ada!)).toBe('pending');
    await page.reload();
    await page.locator('#queue-app[data-live]').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('q');
    await waitUntil(async () => (await statusOf(ada!)) === 'published', 'the new key approves');
    await page.getByRole('button', { name: 'Keys' }).click();
    await sheet.getByLabel('Use keys on this page').uncheck();
    await sheet.getByRole('button', { name: 'Close', exact: true }).click();
    await page.keyboard.press('q');
    await page.keyboard.press('?');
    expect(await sheet.isVisible()).toBe(false);
  }, 40_000);

  it('keeps what the list is narrowed to in the address, and goes back', async () => {
    await fill('Ada', 'Grace');
    await site.submitSettled('/summer', { author: { name: 'Lin' } });
    await enter();
    await openQueue(page, site);
    await page.getByText('Narrow down').click();
    await page.getByLabel('Article').selectOption('/summer');
    await waitUntil(async () => (await cards(page).count()) === 1, 'one article is shown');
    expect(page.url()).toContain('article=%2Fsummer');
    await page.getByLabel('Search', { exact: true }).fill('author:ada');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('Nothing here matches that.').waitFor();
    const kept = page.url();
    await page.goBack();
    await waitUntil(
      async () => (await page.locator('article.card h2').allInnerTexts()).join() === 'Lin',
      'the list before is shown',
    );
    await page.goBack();
    await waitUntil(async () => (await cards(page).count()) === 3, 'all are shown');
    await page.goto(kept);
    await page.getByText('Nothing here matches that.').waitFor();
    expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('author:ada');
    await page.getByRole('button', { name: 'Show all again' }).click();
    await waitUntil(async () => (await cards(page).count()) === 3, 'all are shown again');
  }, 40_000);

  it('gathers what comes meanwhile above the list, which does not move', async () => {
    await fill('Ada');
    await enter();
    await openQueue(page, site);
    await cards(page).first().waitFor();
    const before = await cards(page).first().boundingBox();
    await fill('Grace', 'Lin');
    const news = page.getByRole('button', { name: '2 new: show' });
    await news.waitFor();
    expect(await page.locator('article.card h2').allInnerTexts()).toEqual(['Ada']);
    expect((await cards(page).first().boundingBox())?.height).toBe(before?.height);
    await news.click();
    await waitUntil(async () => (await cards(page).count()) === 3, 'they are shown');
  }, 40_000);

  it('edits a text in place, and its history keeps what it was', async () => {
    const [ada] = await fill('Ada');
    const name = await enter();
    await openQueue(page, site);
    await cards(page).first().focus();
    await page.keyboard.press('e');
    const field = page.getByLabel('Text', { exact: true });
    await field.fill('Changed by a moderator.');
    await page.getByRole('button', { name: 'Save' }).click();
    await cards(page).first().getByText('Changed by a moderator.').waitFor();
    expect((await site.read(ada!)).revisions).toHaveLength(1);
    await cards(page).first().getByRole('button', { name: 'Open' }).click();
    await page.getByText(/^History/).click();
    await page.getByText(`Until ${name} changed it`).waitFor();
  }, 40_000);

  it('deletes for good only when asked twice', async () => {
    const [ada] = await fill('Ada');
    await enter();
    await openQueue(page, site);
    await cards(page).first().getByRole('button', { name: 'Open' }).click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    expect(await statusOf(ada!)).toBe('pending');
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('Deleted for good.').waitFor();
    await waitUntil(async () => (await statusOf(ada!)) === 'deleted', 'it is deleted');
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  }, 40_000);

  it('has only what can be seen in the page, however far one goes, and the keyboard comes along', async () => {
    await site.submitMany(130, '/long');
    await enter();
    await openQueue(page, site);
    await cards(page).first().focus();
    for (let presses = 0; presses < 110; presses++) await page.keyboard.press('j');
    await waitUntil(
      async () =>
        (await page.evaluate<string | null>(`document.activeElement?.getAttribute('aria-posinset') ?? null`)) === '111',
      'the keyboard is on the 111th',
      15_000,
    );
    expect(await cards(page).count()).toBeLessThan(30);
    expect(await page.evaluate('window.scrollY')).toBeGreaterThan(10_000);
    expect(await page.locator('article.card').last().getAttribute('aria-setsize')).toBe('130');
  }, 60_000);

  it('shows a viewer everything and no button that decides', async () => {
    await fill('Ada');
    await enter('viewer');
    await openQueue(page, site);
    await cards(page).first().waitFor();
    expect(await page.getByRole('button', { name: 'Reject' }).count()).toBe(0);
    expect(await page.getByRole('checkbox', { name: 'Select' }).count()).toBe(0);
  });

  it('says so when the service is away, keeps the comment, and goes on when it is back', async () => {
    const [ada] = await fill('Ada');
    await enter();
    await openQueue(page, site);
    await page.route('**/approve', (route) => route.abort());
    await cards(page).first().getByRole('button', { name: 'Approve and publish' }).click();
    await cards(page).first().getByRole('alert').getByText('The service does not answer.', { exact: false }).waitFor();
    await page.unroute('**/approve');
    await cards(page).first().getByRole('button', { name: 'Approve and publish' }).click();
    await waitUntil(async () => (await statusOf(ada!)) === 'published', 'it is approved');
    stage().forgive(/ERR_FAILED/);
  }, 40_000);
});
