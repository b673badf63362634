import type { Page } from 'playwright-core';
import { cards, describeDesk, openQueue } from '../support/desk-stage.js';
import { lightAndDark, Looks } from '../support/looks.js';
import type { TestSite } from '../support/test-site.js';

describeDesk('the desk for everybody', (stage) => {
  let site: TestSite;

  beforeAll(async () => {
    site = await stage().makeSite();
    const long = 'https://a-very-long-address.example/with/a/very/long/path/that/goes/on/and/on/and/on/and/on';
    await site.submitSettled('/a', {
      author: { name: 'Ada', url: long },
      body: `See https://pills.com/${'x'.repeat(200)} \u202eand **more**`,
    });
    const parent = await site.published('/a', { author: { name: 'Grace' } });
    await site.submitSettled('/a', { author: { name: 'Lin' }, parentId: parent.id });
    for (let n = 0; n < 3; n++)
      await site.submitSettled('/a', { body: `The very same words about the same little garden, ${n}.` });
  }, 60_000);

  it('has nothing that axe finds in any state, and nothing that must be scrolled sideways', async () => {
    const { page } = await stage().enter({ [site.key]: 'owner' });
    const looks = await Looks.on(page, [...lightAndDark(390), { colorScheme: 'dark', width: 320 }]);
    await openQueue(page, site);
    await cards(page).first().waitFor();
    await looks.at('queue');
    await page.getByText('Narrow down').click();
    await looks.at('narrowing');
    await cards(page).nth(1).getByRole('button', { name: 'Open' }).click();
    await page.getByLabel('New note').waitFor();
    await looks.at('opened');
    await page.getByRole('button', { name: 'Delete…' }).click();
    await looks.at('before deleting');
    await cards(page).first().getByRole('checkbox').check();
    await looks.at('selected');
    await cards(page).first().getByRole('checkbox').uncheck();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await looks.at('keys');
    await page.keyboard.press('Escape');
    await cards(page).first().focus();
    await page.keyboard.press('e');
    await page.getByLabel('Text', { exact: true }).waitFor();
    await looks.at('editing');
    await page.keyboard.press('Escape');
    await cards(page).last().focus();
    await page.keyboard.press('r');
    await page.getByText('Rejected.').waitFor();
    await looks.at('decided');
    await page.keyboard.press('z');
    await openQueue(page, site, '?q=nothing-like-it');
    await page.getByText('Nothing here matches that.').waitFor();
    await looks.at('empty');
    await openQueue(page, site, '?grouped=1');
    await page.getByRole('heading', { name: /copies/ }).waitFor();
    await looks.at('copies');
    await page.goto('/desk/queue');
    await page.locator('#queue-app[data-live]').waitFor();
    await looks.at('all sites');
    expect(looks.faults).toEqual({});
  }, 90_000);

  it('fits a window of 1280 pixels at 200 percent, with nothing smaller than 24 pixels to hit', async () => {
    const { page } = await stage().enter(
      { [site.key]: 'owner' },
      { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
    );
    await openQueue(page, site);
    await cards(page).first().getByRole('button', { name: 'Open' }).click();
    await page.getByLabel('New note').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(640);
    expect(await tooSmall(page)).toEqual([]);
  }, 60_000);
});

/** Targets under 24 CSS pixels that are no links in a sentence (WCAG 2.2, 2.5.8). */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('#queue-app :is(button, input, select, summary, textarea)')]
    .filter((one) => { const { height, width } = one.getBoundingClientRect(); return width > 1 && (height < 24 || width < 24); })
    .map((one) => one.outerHTML.slice(0, 120))`);
}
