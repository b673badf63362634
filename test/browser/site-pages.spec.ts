import type { Page } from 'playwright-core';
import { tabTo, type VisitOptions } from '../support/browser.js';
import { describeDesk } from '../support/desk-stage.js';
import { lightAndDark, Looks } from '../support/looks.js';
import { asSuperuser } from '../support/test-accounts.js';
import type { TestService } from '../support/test-service.js';
import type { TestSite } from '../support/test-site.js';
import { waitUntil } from '../support/wait-until.js';

describeDesk('the pages of one site', (stage) => {
  describe('the articles of a site', () => {
    it('are closed and reopened with the keyboard alone, on a desk and on a phone', async () => {
      const site = await stage().makeSite();
      await site.published('/rye', { articleTitle: 'Rye and wheat' });
      await site.submitSettled(`/${'a-long-path-'.repeat(12)}`);
      const page = await stage().visit();
      await page.goto(`/desk/sites/${site.key}/articles`);
      const looks = await Looks.on(page, lightAndDark(390));
      await looks.at('open');
      await tabTo(page, 'Close Rye and wheat');
      await page.keyboard.press('Enter');
      await page.getByText('The article is closed. What is published stays.').waitFor();
      await looks.at('closed');
      await tabTo(page, 'Reopen Rye and wheat');
      await page.keyboard.press('Enter');
      await page.getByText('The article takes comments again.').waitFor();
      await page.getByText('Rename').first().click();
      await page.getByRole('textbox', { name: 'Title' }).first().waitFor();
      await looks.at('being renamed');
      expect(looks.faults).toEqual({});
    }, 60_000);
  });

  describe('what was done on a site', () => {
    it('is read on a phone and on a desk, by light and in the dark, page by page', async () => {
      const { operator } = stage();
      const site = await stage().makeSite();
      const { id } = await site.submitSettled('/spring', { articleTitle: 'A-title-in-one-long-word-'.repeat(8) });
      await operator.request('PUT', site.path(`/moderation/comments/${id}/author/standing`), { standing: 'banned' });
      await operator.request('PATCH', site.articlePath('/spring'), { open: false });
      for (let n = 0; n < 25; n++) await operator.request('PATCH', site.path(), { name: `The blog ${String(n)}` });
      const page = await stage().visit();
      await page.goto(`/desk/sites/${site.key}/settings`);
      const looks = await Looks.on(page, lightAndDark(390));
      await page.getByRole('link', { name: 'What was done, and by whom' }).click();
      await page.getByRole('heading', { name: 'What was done on' }).waitFor();
      await looks.at('the newest');
      await page.getByRole('link', { name: 'What was done before' }).click();
      await page.getByText('closed the article').waitFor();
      await looks.at('before them');
      expect(looks.faults).toEqual({});
    }, 60_000);
  });

  describe('the page that shows how to embed', () => {
    async function enter(options: VisitOptions = {}): Promise<Page> {
      const site = await stage().makeSite({ origins: ['https://blog.example'] });
      await site.published('/my-page', { author: { name: 'Grace' } });
      const page = await stage().visit(options);
      await page.goto(`/desk/sites/${site.key}/embed`);
      return page;
    }

    it('shows the widget itself as it is chosen, at once, on a desk and on a phone', async () => {
      const page = await enter();
      const looks = await Looks.on(page, lightAndDark(390));
      const widget = page.frameLocator('iframe');
      await widget.getByText('Grace').waitFor();
      await looks.at('at first');
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
      await looks.at('chosen');
      expect(looks.faults).toEqual({});
    }, 60_000);

    it('does the same by its button where no script runs', async () => {
      const page = await enter({ javaScriptEnabled: false });
      await page.getByLabel('Theme').selectOption({ label: 'Light' });
      await page.getByRole('button', { name: 'Show' }).click();
      expect(await page.locator('#widget-snippet').textContent()).toContain('theme="light"');
    });
  });

  describe('how the filter did', () => {
    let site: TestSite;

    beforeAll(async () => {
      site = await stage().makeSite({ settings: { moderation: 'none', blindShare: 0.2 } });
      await site.submitMany(30);
      for (const { id } of (await site.queue()).items) await site.decided(id, 'approve');
      await keepWeeksBefore(stage().service, site);
    }, 60_000);

    async function enter(options: VisitOptions = {}): Promise<Page> {
      const page = await stage().visit(options);
      await page.goto(`/desk/sites/${site.key}/filter`);
      return page;
    }

    it('is read on a phone and on a desk, by light and in the dark', async () => {
      const page = await enter();
      const looks = await Looks.on(page, lightAndDark(320));
      await page.getByRole('heading', { name: 'How often it is wrong' }).waitFor();
      await page.locator('[data-plot=reversed] canvas').waitFor();
      expect(await page.locator('.plots canvas').count()).toBe(2);
      await looks.at('with its plots');
      expect(looks.faults).toEqual({});
    }, 60_000);

    it('draws anew when light turns dark, and as wide as the window becomes', async () => {
      const page = await enter({ colorScheme: 'light' });
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
      const page = await enter({ javaScriptEnabled: false });
      expect(await page.locator('tbody tr').count()).toBe(8);
      expect(await page.locator('.plots').isVisible()).toBe(false);
    }, 60_000);
  });

  describe('the pages that set a site up', () => {
    it('have nothing that axe finds, and nothing that must be scrolled sideways', async () => {
      const page = await stage().visit({ expectedStatus: 422 });
      const looks = await Looks.on(page, lightAndDark(390));
      await page.goto('/desk/new-site');
      await looks.at('new site');
      await page.goto('/desk/sites/demo/settings');
      await page.getByText('Every comment waits').click();
      await page.getByLabel('Blocked words').fill('cheap pills\ncasino');
      await page.getByRole('button', { name: 'Save the settings' }).click();
      await page.getByText('The settings are saved.').waitFor();
      expect(await page.getByLabel('Blocked words').inputValue()).toBe('cheap pills\ncasino');
      await looks.at('saved');
      await page.getByLabel('Origins').fill('https://blog.example/path');
      await page.getByRole('button', { name: 'Save the settings' }).click();
      await page.getByText('Line 1: Write an origin').waitFor();
      await looks.at('refused');
      await page.goto('/desk/sites/demo/keys');
      await page.getByLabel('Name').fill('a generator');
      await page.getByText('submit comments').click();
      await page.getByRole('button', { name: 'Make the key' }).click();
      await page.getByLabel('Key for a generator').waitFor();
      await looks.at('key made');
      await page.getByRole('link', { name: 'Take back…' }).first().click();
      await looks.at('revocation');
      await page.goto('/desk/sites/demo/rules');
      await page.getByLabel('What it looks for').fill('averylongword'.repeat(15));
      await page.getByRole('button', { name: 'Make the rule' }).click();
      await page.getByText('The rule is made.').waitFor();
      await page.getByLabel('What it looks for').fill('casino');
      await page.keyboard.press('Enter');
      await page.getByText('The rule is not made yet.').waitFor();
      await looks.at('rules');
      expect(looks.faults).toEqual({});
    }, 60_000);
  });
});

/** Weeks that a test cannot wait for. */
async function keepWeeksBefore(service: TestService, site: TestSite): Promise<void> {
  await asSuperuser(
    service,
    `insert into filter_record (site_id, week, screened, put_away, held, let_out, restored, marked)
     select s.id, date_trunc('week', now())::date - 7 * n, 90 + 11 * n, 30 + 5 * (n % 4), 20, 40, n % 4, n % 3
       from site s, generate_series(1, 7) n where s.key = $1`,
    [site.key],
  );
}
