import type { Page } from 'playwright-core';
import { cards, describeDesk, openQueue, type DeskStage } from '../support/desk-stage.js';
import type { TestSite } from '../support/test-site.js';
import { attackVectors, areVectorsThere, findStrangers, WATCH } from '../support/attacks.js';
import { waitUntil } from '../support/wait-until.js';

/* Other people's attacks, posted as body, name, website and title, and read by a moderator. */

const AT_ONCE = 20;

async function submit(stage: DeskStage, site: TestSite, vector: string, article: string): Promise<void> {
  const short = Array.from(vector).slice(0, 100).join('');
  const articleTitle = Array.from(vector).slice(0, 500).join('');
  for (const author of [{ name: short, url: vector }, { name: short }, { url: vector }, {}]) {
    const body = Array.from(vector).slice(0, 9_000).join('');
    const answer = await stage.service.anonymous.comment(site.key, article, { author, body, articleTitle });
    if (answer.status === 202) return;
    if (answer.status !== 422) throw new Error(`${site.key} answers ${answer.status}`);
  }
}

const PARTS = `document.querySelectorAll('article.card :is(.body, bdi, .website)')`;

async function expectHarmless(page: Page): Promise<void> {
  expect(await page.evaluate('globalThis.fired')).toEqual([]);
  expect(await page.evaluate(findStrangers(PARTS))).toEqual([]);
}

(areVectorsThere ? describe : describe.skip)('attacks', () => {
  describeDesk('at the desk', (stage) => {
    it('do nothing: no hook fires, the policy has nothing to say, nothing is asked of strangers', async () => {
      const site = await stage().makeSite({ moderation: 'all' });
      const waiting = attackVectors().map((vector, index) => [vector, `/a${index % 40}`] as const);
      const total = waiting.length;
      const work = async (): Promise<void> => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await submit(stage(), site, ...next);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      await waitUntil(async () => (await site.counts()).received === 0, 'all are screened', 60_000);
      const { page } = await stage().enter({ [site.key]: 'owner' });
      await page.addInitScript(WATCH);
      let seen = 0;
      for (const status of ['pending', 'spam']) {
        const count = (await site.counts())[status] ?? 0;
        await openQueue(page, site, `?status=${status}`);
        if (count > 0) await cards(page).first().waitFor();
        for (let bottom = false; !bottom;) {
          await expectHarmless(page);
          bottom = await page.evaluate(
            `(() => { const before = scrollY; scrollBy(0, innerHeight * 3); return scrollY === before; })()`,
          );
          const last = cards(page).last();
          const [place, size] = [await last.getAttribute('aria-posinset'), await last.getAttribute('aria-setsize')];
          if (bottom && size === '-1') bottom = false;
          if (bottom && Number(place) < count) bottom = false;
        }
        seen += count;
        if (count > 0) {
          await cards(page).last().getByRole('button', { name: 'Open' }).click();
          await page.getByLabel('New note').waitFor();
          await expectHarmless(page);
        }
      }
      expect(seen).toBeGreaterThan(total * 0.9);
    }, 240_000);
  });
});
