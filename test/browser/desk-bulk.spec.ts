import type { Page, Route } from 'playwright-core';
import { cards, describeDesk, openQueue } from '../support/desk-stage.js';
import type { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

const COPY = 'We ask the council to keep the little library at the corner of the market open, says';

describeDesk('many comments at the desk', (stage) => {
  let site: TestSite;
  let page: Page;

  beforeEach(async () => {
    site = await stage().makeSite();
    ({ page } = await stage().enter({ [site.key]: 'owner' }));
  });

  const countOf = async (status: string): Promise<number> => (await site.counts())[status] ?? 0;

  it('are selected by x, decided by one key with Shift, and undone by one', async () => {
    await site.submitMany(5, '/a');
    await openQueue(page, site);
    await cards(page).first().focus();
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('Shift+R');
    await waitUntil(async () => (await countOf('rejected')) === 2, 'two are rejected');
    await page.keyboard.press('z');
    await waitUntil(async () => (await countOf('rejected')) === 0, 'both are back');
    expect(await cards(page).count()).toBe(5);
  }, 60_000);

  it('are undone by z also when the answer to their decision is still awaited', async () => {
    await site.submitMany(2, '/a');
    await openQueue(page, site);
    const [isAsked, asked] = gate();
    const [mayAnswer, answer] = gate();
    const hold = async (route: Route): Promise<void> => {
      asked();
      await mayAnswer;
      await route.continue();
    };
    await page.route('**/moderation/decisions', hold, { times: 1 });
    await page.getByLabel('Select the 2 that are loaded').check();
    await page.keyboard.press('Shift+R');
    await isAsked;
    await page.keyboard.press('z');
    answer();
    await page.getByText('Undone: 2.').waitFor({ state: 'attached' });
    expect(await countOf('pending')).toBe(2);
  }, 60_000);

  it('that match are decided as a job with progress, whose result and undo stay at hand', async () => {
    await site.submitMany(120, '/a');
    await openQueue(page, site);
    await page.getByLabel('Select the 50 that are loaded').check();
    await page.getByRole('button', { name: 'Select all 120' }).click();
    await page.getByRole('group', { name: 'Decide about many' }).getByRole('button', { name: 'Reject' }).click();
    const sure = page.getByRole('alertdialog');
    await sure.getByRole('button', { name: 'Cancel' }).click();
    expect(await countOf('rejected')).toBe(0);
    await page.getByRole('group', { name: 'Decide about many' }).getByRole('button', { name: 'Reject' }).click();
    await sure.getByRole('button', { name: 'Reject' }).click();
    const job = page.getByRole('group', { name: 'A large act' });
    await job.getByText('Rejected: 120 comments.').waitFor({ timeout: 20_000 });
    expect(await countOf('rejected')).toBe(120);
    await job.getByText('Each comment').click();
    await waitUntil(async () => (await job.getByRole('listitem').count()) === 100, 'a page of results is shown');
    await job.getByRole('button', { name: 'More' }).click();
    await waitUntil(async () => (await job.getByRole('listitem').count()) === 120, 'all results are shown');
    await job.getByRole('button', { name: 'Undo' }).click();
    await job.getByText('Undone: 120 comments.').waitFor({ timeout: 20_000 });
    expect(await countOf('pending')).toBe(120);
  }, 60_000);

  it('are one card when they are copies, and one decision', async () => {
    for (let n = 0; n < 6; n++)
      await site.submitSettled('/a', { body: `${COPY} ${'abcdef'[n]}nna.`, author: { name: `N ${n}` } });
    await site.submitSettled('/a', { body: 'Something else altogether, about the weather in March.' });
    await openQueue(page, site);
    await page.getByText('Narrow down').click();
    await page.getByLabel('Copies as one card').check();
    await page.getByRole('heading', { name: '6 copies' }).waitFor();
    expect(page.url()).toContain('grouped=1');
    await page.getByRole('button', { name: 'Show each' }).click();
    await waitUntil(async () => (await cards(page).count()) === 6, 'the six are shown');
    await page.goBack();
    await page.getByRole('button', { name: 'Reject all' }).click();
    const job = page.getByRole('group', { name: 'A large act' });
    await job.getByText('Rejected: 6 comments.').waitFor({ timeout: 20_000 });
    expect(await countOf('rejected')).toBe(6);
    await job.getByRole('button', { name: 'Undo' }).click();
    await job.getByText('Undone: 6 comments.').waitFor({ timeout: 20_000 });
    expect(await countOf('pending')).toBe(7);
    await openQueue(page, site, '?grouped=1');
    await page.getByRole('button', { name: 'All spam' }).click();
    await job.getByText('Marked as spam: 6 comments.').waitFor({ timeout: 20_000 });
    await job.getByRole('button', { name: 'Close' }).click();
    await page.getByText('No near-identical comments here.', { exact: false }).waitFor();
  }, 60_000);

  it('on several sites are one card too, for who moderates them', async () => {
    const other = await stage().makeSite();
    const third = await stage().makeSite();
    for (const [n, one] of [site, other, third].entries()) {
      for (let m = 0; m < 2; m++) await one.submitSettled('/a', { body: `${COPY} ${'abcdef'[2 * n + m]}nna.` });
    }
    ({ page } = await stage().enter({ [site.key]: 'moderator', [other.key]: 'moderator' }));
    await page.goto('/desk/queue?grouped=1');
    await page.getByRole('heading', { name: '4 copies on 2 sites' }).waitFor();
    await page.getByRole('button', { name: 'All spam' }).click();
    const job = page.getByRole('group', { name: 'A large act' });
    await job.getByText('Marked as spam: 4 comments.').waitFor({ timeout: 20_000 });
    expect(await job.getByText('Marked as spam: 2 comments.').count()).toBe(2);
    expect([await countOf('spam'), (await other.counts()).spam, (await third.counts()).pending]).toEqual([2, 2, 2]);
    await page.locator('h1').click();
    await page.keyboard.press('z');
    await job.getByText('Undone: 4 comments.').waitFor({ timeout: 20_000 });
    expect([await countOf('pending'), (await other.counts()).pending]).toEqual([2, 2]);
  }, 60_000);

  it('on several sites that match are one act, told site by site', async () => {
    const other = await stage().makeSite();
    await Promise.all([site.submitMany(40, '/a'), other.submitMany(20, '/a')]);
    ({ page } = await stage().enter({ [site.key]: 'moderator', [other.key]: 'moderator' }));
    await page.goto('/desk/queue');
    await page.getByLabel('Select the 50 that are loaded').check();
    await page.getByRole('button', { name: 'Select everything that matches' }).click();
    await page.getByRole('group', { name: 'Decide about many' }).getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Reject' }).click();
    const job = page.getByRole('group', { name: 'A large act' });
    await job.getByText('Rejected: 60 comments.').waitFor({ timeout: 20_000 });
    await job.getByText('Rejected: 20 comments.').waitFor();
    await job.getByText('Each comment').last().click();
    await waitUntil(async () => (await job.locator('.results .results li').count()) >= 20, 'a site tells its results');
    await job.getByRole('button', { name: 'Undo' }).click();
    await job.getByText('Undone: 60 comments.').waitFor({ timeout: 20_000 });
    expect([await countOf('pending'), (await other.counts()).pending]).toEqual([40, 20]);
  }, 60_000);
});

/** @returns what waits, and what lets it go on */
function gate(): [Promise<void>, () => void] {
  let open = (): void => undefined;
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [isOpen, open];
}
